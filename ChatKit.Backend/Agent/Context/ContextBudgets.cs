using ChatKit.Backend.Configuration;
using ChatKit.Backend.Models;
using ChatKit.Backend.Tools;

namespace ChatKit.Backend.Agent.Context;

/// <summary>How many tokens a model reads of a conversation, tools and answer set aside; null where nobody knows.</summary>
internal sealed class ContextBudgets(ModelGroups groups, ChatKitConfig config)
{
    private const int DefaultAnswer = 4096;

    public async Task<int?> OfAsync(string model, CancellationToken cancel)
    {
        var known = await groups.FindAsync(model, cancel);
        if ((known?.MaxInputTokens ?? config.Assistant.ContextWindow) is not { } window)
            return null;
        // Many windows hold the answer too; and estimates err.
        var answer = Math.Min(known?.MaxOutputTokens ?? DefaultAnswer, window / 5);
        return (window - answer) * 9 / 10;
    }

    /// <summary>What the definitions of tools take of it.</summary>
    public static int Of(ToolSet tools) => tools.All.Sum(tool => 16 + TokenEstimate.Of(tool.Description) + TokenEstimate.Of(tool.Parameters.GetRawText()));
}
