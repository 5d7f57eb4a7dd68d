using System.Buffers;
using System.Text.Json;
using ChatKit.Gateway.Model.Guardrails;
using ChatKit.Gateway.Wire.Json;

namespace ChatKit.Gateway.Guardrails.Judges;

/// <summary>
/// OpenAI's moderation (https://platform.openai.com/docs/api-reference/moderations/create): blocks what is flagged, and names the categories.
/// <code>{"results":[{"flagged":true,"categories":{"violence":true,"hate":false}}]}</code>
/// </summary>
internal sealed class ModerationJudge(JudgeSettings settings, JudgeClient client) : IJudge
{
    public ValueTask<Verdict> JudgeAsync(JudgedTexts texts, CancellationToken cancellationToken)
    {
        if (texts.Texts.All(string.IsNullOrWhiteSpace)) return ValueTask.FromResult(Verdict.Passed);
        var question = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(question, JsonText.Plain))
        {
            json.WriteStartObject();
            json.WriteString("model"u8, settings.Model);
            json.WriteStartArray("input"u8);
            foreach (var text in texts.Texts) json.WriteStringValue(text);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        return client.AskAsync(settings, question.WrittenSpan.ToArray(), Read, cancellationToken);
    }

    private static Verdict Read(JsonElement answer)
    {
        var flagged = answer.GetProperty("results").EnumerateArray().Where(static result => result.GetProperty("flagged").GetBoolean()).ToList();
        if (flagged.Count == 0) return Verdict.Passed;
        var categories = from result in flagged
                         where result.TryGetProperty("categories", out _)
                         from category in result.GetProperty("categories").EnumerateObject()
                         where category.Value.ValueKind is JsonValueKind.True
                         select category.Name;
        return Verdict.Blocked(string.Join(", ", categories.Distinct().Order()) is { Length: > 0 } names ? names : "flagged");
    }
}
