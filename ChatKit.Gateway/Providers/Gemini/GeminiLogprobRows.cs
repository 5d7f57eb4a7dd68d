using System.Text;
using ChatKit.Gateway.Wire.Gemini;
using ChatKit.Gateway.Wire.OpenAi;

namespace ChatKit.Gateway.Providers.Gemini;

/// <summary>Token probabilities (https://ai.google.dev/api/generate-content#LogprobsResult): two lists side by side at Google, one inside the other at OpenAI.</summary>
internal static class GeminiLogprobRows
{
    public static ChatLogprobs? Of(GeminiLogprobs? given)
    {
        if (given?.ChosenCandidates is not { } chosen) return null;
        var rows = new List<ChatLogprob>(chosen.Count);
        for (var i = 0; i < chosen.Count; i++)
        {
            var top = i < given.TopCandidates?.Count ? given.TopCandidates[i]?.Candidates : null;
            rows.Add(Row(chosen[i]) with { TopLogprobs = [.. (top ?? []).Select(Row)] });
        }

        return new ChatLogprobs(rows);
    }

    private static ChatLogprob Row(GeminiToken? token) =>
        new(token?.Token ?? "", token?.LogProbability ?? 0, [.. Encoding.UTF8.GetBytes(token?.Token ?? "").Select(static unit => (int)unit)]);
}
