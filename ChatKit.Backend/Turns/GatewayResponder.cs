using System.Runtime.CompilerServices;
using System.Text;
using ChatKit.Backend.Models;
using ChatKit.Backend.Protocol;
using OpenAI.Chat;

namespace ChatKit.Backend.Turns;

/// <summary>The default responder: streams a model's answer from the gateway as one assistant message.</summary>
internal sealed class GatewayResponder(ModelClients clients, DefaultModel fallback, AttachedFiles files, IConfiguration configuration, TimeProvider time) : IResponder
{
    private const int HistoryItems = 200;
    private const string DefaultSystemPrompt = "You are a helpful assistant. Answer in the language of the user, in Markdown where it helps.";

    public async IAsyncEnumerable<ThreadEvent> RespondAsync(Turn turn, [EnumeratorCancellation] CancellationToken cancel)
    {
        var history = await turn.HistoryAsync(HistoryItems, cancel);
        var message = new AssistantMessage { Id = Ids.Message(), ThreadId = turn.Thread.Id, CreatedAt = time.GetUtcNow(), Content = [] };
        var text = new StringBuilder();
        await foreach (var delta in GatewayAnswer.ReadAsync(clients.Chat(await ModelAsync(turn, history, cancel)), Prompt(history, await files.ReadAsync(history, cancel)), cancel))
        {
            if (text.Length == 0)
            {
                yield return new ItemAdded(message);
                yield return new ItemUpdated(message.Id, new ContentPartAdded(0, OutputText.Blank));
            }

            text.Append(delta);
            yield return new ItemUpdated(message.Id, new TextDelta(0, delta));
        }

        var content = new OutputText(text.ToString(), []);
        yield return new ItemUpdated(message.Id, new ContentPartDone(0, content));
        yield return new ItemDone(message with { Content = [content] });
    }

    /// <summary>A turn that goes on without a message (after a tool's output, say) goes on with the model that the last message chose.</summary>
    private async Task<string> ModelAsync(Turn turn, IReadOnlyList<ThreadItem> history, CancellationToken cancel)
    {
        var message = turn.Input ?? history.OfType<UserMessage>().LastOrDefault();
        return message?.InferenceOptions.Model ?? await fallback.FindAsync(cancel)
            ?? throw GatewayFailure.NoModel();
    }

    private IEnumerable<ChatMessage> Prompt(IReadOnlyList<ThreadItem> history, IReadOnlyDictionary<string, ChatMessageContentPart> attached)
    {
        var given = configuration["CHATKIT_SYSTEM_PROMPT"];
        return Conversation.ToMessages(string.IsNullOrWhiteSpace(given) ? DefaultSystemPrompt : given, history, attached);
    }
}
