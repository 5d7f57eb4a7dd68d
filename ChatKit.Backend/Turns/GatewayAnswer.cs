using System.Runtime.CompilerServices;
using OpenAI.Chat;

namespace ChatKit.Backend.Turns;

/// <summary>The text of one streamed completion, piece by piece. It throws unless the model finished and said something.</summary>
internal static class GatewayAnswer
{
    public static async IAsyncEnumerable<string> ReadAsync(
        ChatClient client, IEnumerable<ChatMessage> messages, [EnumeratorCancellation] CancellationToken cancel)
    {
        var said = false;
        ChatFinishReason? finish = null;
        await using var updates = client.CompleteChatStreamingAsync(messages, cancellationToken: cancel).GetAsyncEnumerator(cancel);
        while (await NextAsync(updates, cancel))
        {
            finish = updates.Current.FinishReason ?? finish;
            foreach (var text in Texts(updates.Current))
            {
                said = true;
                yield return text;
            }
        }

        if (finish is null)
            throw GatewayFailure.Unfinished();
        if (!said)
            throw GatewayFailure.Silent();
    }

    private static IEnumerable<string> Texts(StreamingChatCompletionUpdate update)
    {
        foreach (var part in update.ContentUpdate)
        {
            if (!string.IsNullOrEmpty(part.Text))
                yield return part.Text;
        }

        if (!string.IsNullOrEmpty(update.RefusalUpdate))
            yield return update.RefusalUpdate;
    }

    private static async Task<bool> NextAsync(IAsyncEnumerator<StreamingChatCompletionUpdate> updates, CancellationToken cancel)
    {
        try
        {
            return await updates.MoveNextAsync();
        }
        catch (Exception exception) when (GatewayFailure.Explains(exception) && !cancel.IsCancellationRequested)
        {
            throw GatewayFailure.From(exception);
        }
    }
}
