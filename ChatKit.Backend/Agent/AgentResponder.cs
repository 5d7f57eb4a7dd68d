using ChatKit.Backend.Agent.Context;
using ChatKit.Backend.Configuration;
using ChatKit.Backend.Models;
using ChatKit.Backend.Protocol;
using ChatKit.Backend.Tools;
using ChatKit.Backend.Turns;

namespace ChatKit.Backend.Agent;

/// <summary>The default responder: a model behind the gateway, with tools, given as much of the thread as it reads.</summary>
internal sealed class AgentResponder(
    AgentLoop loop, ContextFit context, ContextBudgets budgets, DefaultModel fallback, ToolCatalog catalog, ChatKitConfig config, IConfiguration configuration) : Assistant
{
    /// <summary>Of a longer thread the rest is in its summary, or was long ago.</summary>
    private const int HistoryItems = 1000;

    /// <summary>How often a thread is made shorter for a model that says it is too long, of which nobody knows how much it reads.</summary>
    private const int Shortenings = 3;

    private const int SearchableText = 30_000;
    private const string DefaultSystemPrompt = "You are a helpful assistant. Answer in the language of the user, in Markdown where it helps.";

    private string SystemPrompt => config.Assistant.SystemPrompt
        ?? (configuration["CHATKIT_SYSTEM_PROMPT"] is { } given && !string.IsNullOrWhiteSpace(given) ? given : DefaultSystemPrompt);

    protected override async Task AnswerAsync(AnswerWriter answer, CancellationToken cancel)
    {
        var items = await answer.HistoryAsync(HistoryItems, cancel);
        var tools = await catalog.ForAsync(answer.Thread, cancel);
        var chosen = await ChosenAsync(answer, tools, cancel);
        var model = await ModelAsync(answer.Input, items, cancel);
        var asked = new ContextAsked(model, SystemPrompt, tools, await TextRoomAsync(items, model, cancel));
        int? most = null;
        for (var shortened = 0; ; shortened++)
        {
            var fitted = await context.FitAsync(answer, History.Of(items), asked, most, cancel);
            var turn = new AgentTurn(answer, model, [.. fitted.Messages], fitted.Budget, tools, chosen);
            try
            {
                await loop.RunAsync(turn, cancel);
                return;
            }
            catch (ResponderException failure) when (GatewayFailure.IsTooLong(failure.InnerException) && turn.Messages.Count == fitted.Messages.Count && shortened < Shortenings)
            {
                // It knows better than we do how much it reads.
                most = (TokenEstimate.Of(fitted.Messages) / 2) + ContextBudgets.Of(tools);
                items = await answer.HistoryAsync(HistoryItems, cancel);
            }
        }
    }

    /// <summary>A turn that goes on without a message (after a tool's output, say) goes on with the model that the last message chose.</summary>
    private async Task<string> ModelAsync(UserMessage? input, IReadOnlyList<ThreadItem> history, CancellationToken cancel)
    {
        var message = input ?? history.OfType<UserMessage>().LastOrDefault();
        return message?.InferenceOptions.Model ?? config.Assistant.Model ?? await fallback.FindAsync(cancel)
            ?? throw GatewayFailure.NoModel();
    }

    /// <summary>How much of a file is shown at once: all of it where it cannot be searched, else no more than leaves room for the conversation.</summary>
    private async Task<int> TextRoomAsync(IReadOnlyList<ThreadItem> items, string model, CancellationToken cancel)
    {
        if (!config.FileSearch.Enabled || !items.OfType<UserMessage>().Any(message => message.Attachments.Count > 0))
            return int.MaxValue;
        return Math.Min(SearchableText, await budgets.OfAsync(model, cancel) / 2 ?? SearchableText);
    }

    /// <summary>The tools that the composer chose, as a single one or as a group.</summary>
    private async Task<IReadOnlyList<string>> ChosenAsync(AnswerWriter answer, ToolSet tools, CancellationToken cancel)
    {
        if (answer.Input?.InferenceOptions.ToolChoice is not { Id: var id })
            return [];
        if (tools.Find(id) is not null)
            return [id];
        var group = (await catalog.GroupsAsync(cancel)).FirstOrDefault(group => group.Id == id);
        IReadOnlyList<string> chosen = [.. group?.Tools.Where(name => tools.Find(name) is not null) ?? []];
        if (chosen.Count == 0)
            await answer.NoticeAsync(NoticeLevel.Warning, $"The tool {CodeFence.Inline(group?.Label ?? id)} is not at hand.");
        return chosen;
    }
}
