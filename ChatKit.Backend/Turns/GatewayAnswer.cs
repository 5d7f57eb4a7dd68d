using System.ClientModel;
using System.Runtime.CompilerServices;
using ChatKit.Backend.Protocol;
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
        while (await NextAsync(updates))
        {
            finish = updates.Current.FinishReason ?? finish;
            foreach (var text in Texts(updates.Current))
            {
                said = true;
                yield return text;
            }
        }

        if (finish is null)
            throw new IOException("The gateway's stream ended before the model had finished.");
        if (!said)
            throw Failure("The model gave an empty answer.");
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

    /// <summary>What the user can do something about is put in words; for the rest they get the plain failure, and the log the cause.</summary>
    private static async Task<bool> NextAsync(IAsyncEnumerator<StreamingChatCompletionUpdate> updates)
    {
        try
        {
            return await updates.MoveNextAsync();
        }
        catch (ClientResultException exception) when (exception.Status == StatusCodes.Status404NotFound)
        {
            throw Failure("This model is not available. Choose another one.", exception);
        }
        catch (ClientResultException exception) when (exception.Status == StatusCodes.Status429TooManyRequests)
        {
            throw Failure("The model is busy. Try again in a moment.", exception);
        }
    }

    private static ResponderException Failure(string message, Exception? cause = null) =>
        new(new ErrorEvent(ErrorEvent.Custom, message, AllowRetry: true), cause);
}
