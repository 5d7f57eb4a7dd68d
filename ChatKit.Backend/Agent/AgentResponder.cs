using ChatKit.Backend.Configuration;
using ChatKit.Backend.Models;
using ChatKit.Backend.Protocol;
using ChatKit.Backend.Tools;
using ChatKit.Backend.Turns;

namespace ChatKit.Backend.Agent;

/// <summary>The default responder: a model behind the gateway, with tools.</summary>
internal sealed class AgentResponder(AgentLoop loop, DefaultModel fallback, ToolCatalog catalog, AttachedFiles files, ChatKitConfig config, IConfiguration configuration) : Assistant
{
    private const int HistoryItems = 200;
    private const string DefaultSystemPrompt = "You are a helpful assistant. Answer in the language of the user, in Markdown where it helps.";

    private string SystemPrompt => config.Assistant.SystemPrompt
        ?? (configuration["CHATKIT_SYSTEM_PROMPT"] is { } given && !string.IsNullOrWhiteSpace(given) ? given : DefaultSystemPrompt);

    protected override async Task AnswerAsync(AnswerWriter answer, CancellationToken cancel)
    {
        var history = await answer.HistoryAsync(HistoryItems, cancel);
        var tools = await catalog.ForAsync(answer.Thread, cancel);
        var messages = Conversation.ToMessages(SystemPrompt, history, await files.ReadAsync(history, cancel), withTools: !tools.IsEmpty);
        var model = await ModelAsync(answer.Input, history, cancel);
        await loop.RunAsync(new AgentTurn(answer, model, [.. messages], tools, await ChosenAsync(answer, tools, cancel)), cancel);
    }

    /// <summary>A turn that goes on without a message (after a tool's output, say) goes on with the model that the last message chose.</summary>
    private async Task<string> ModelAsync(UserMessage? input, IReadOnlyList<ThreadItem> history, CancellationToken cancel)
    {
        var message = input ?? history.OfType<UserMessage>().LastOrDefault();
        return message?.InferenceOptions.Model ?? config.Assistant.Model ?? await fallback.FindAsync(cancel)
            ?? throw GatewayFailure.NoModel();
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
