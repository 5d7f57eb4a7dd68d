using System.Runtime.CompilerServices;
using System.Text;
using ChatKit.Backend.Models;
using ChatKit.Backend.Protocol;
using OpenAI.Chat;

namespace ChatKit.Backend.Agent;

/// <summary>One streamed completion: its pieces as they come, and, once it is read, what it comes to. Reading throws unless the model finished.</summary>
internal sealed class ModelReply
{
    private readonly RequestedCalls _calls = new();
    private readonly ThinkingBlocks _blocks = new();
    private readonly StringBuilder _text = new();
    private readonly StringBuilder _reasoning = new();

    public ChatFinishReason? Finish { get; private set; }

    public async IAsyncEnumerable<ModelPiece> ReadAsync(
        ChatClient client, IEnumerable<ChatMessage> messages, ChatCompletionOptions options, [EnumeratorCancellation] CancellationToken cancel)
    {
        await using var updates = client.CompleteChatStreamingAsync(messages, options, cancel).GetAsyncEnumerator(cancel);
        while (await NextAsync(updates, cancel))
        {
            Finish = updates.Current.FinishReason ?? Finish;
            foreach (var call in updates.Current.ToolCallUpdates)
                _calls.Add(call);
            foreach (var piece in Pieces(updates.Current))
                yield return piece;
        }

        if (Finish is null)
            throw GatewayFailure.Unfinished();
    }

    /// <summary>What the model asks for; called once.</summary>
    public IReadOnlyList<RequestedCall> Calls() => _calls.ToList();

    /// <summary>The reply as the next request has it, before its tools' outputs.</summary>
    public AssistantChatMessage ToMessage(IReadOnlyList<RequestedCall> calls)
    {
        var message = new AssistantChatMessage(calls.Select(call => ChatToolCall.CreateFunctionToolCall(call.Id, call.Name, ToolArguments.ToSend(call.Arguments))));
        if (_text.Length > 0)
            message.Content.Add(ChatMessageContentPart.CreateTextPart(_text.ToString()));
#pragma warning disable SCME0001 // The package's way to members that it does not know.
        if (_blocks.ToJson() is { } blocks)
            message.Patch.Set("$.thinking_blocks"u8, blocks);
        if (_reasoning.Length > 0)
            message.Patch.Set("$.reasoning_content"u8, _reasoning.ToString());
#pragma warning restore SCME0001
        return message;
    }

    private IEnumerable<ModelPiece> Pieces(StreamingChatCompletionUpdate update)
    {
        foreach (var piece in DeltaOf(update) is { } delta ? Extras(delta) : [])
            yield return piece;
        foreach (var part in update.ContentUpdate)
        {
            if (!string.IsNullOrEmpty(part.Text))
                yield return Said(part.Text);
        }

        if (!string.IsNullOrEmpty(update.RefusalUpdate))
            yield return Said(update.RefusalUpdate);
    }

    private IEnumerable<ModelPiece> Extras(ModelDelta delta)
    {
        foreach (var block in delta.ThinkingBlocks ?? [])
            _blocks.Add(block);
        if (delta.Thought is { Length: > 0 } thought)
        {
            _reasoning.Append(thought);
            yield return new Thought(thought);
        }

        foreach (var citation in (delta.Annotations ?? []).Select(annotation => annotation.UrlCitation))
        {
            if (citation?.Url is { } url && WebAddress.IsSafe(url))
                yield return new Cited(new UrlSource { Title = citation.Title is { Length: > 0 } title ? title : url, Url = url }, citation.EndIndex);
        }

        foreach (var image in delta.Images ?? [])
        {
            if (DataUrl.Read(image.ImageUrl?.Url) is { } picture)
                yield return picture;
        }
    }

    private Words Said(string text)
    {
        _text.Append(text);
        return new Words(text);
    }

    private static ModelDelta? DeltaOf(StreamingChatCompletionUpdate update)
    {
#pragma warning disable SCME0001 // The package's way to members that it does not know.
        return update.Patch.TryGetJson("$.choices[0].delta"u8, out var delta) ? ModelDelta.Read(delta.Span) : null;
#pragma warning restore SCME0001
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
