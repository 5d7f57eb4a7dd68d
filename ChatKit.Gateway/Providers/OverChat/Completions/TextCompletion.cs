using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization;
using ChatKit.Gateway.Model;
using ChatKit.Gateway.Wire.Json;
using ChatKit.Gateway.Wire.OpenAi;

namespace ChatKit.Gateway.Providers.OverChat.Completions;

/// <summary>
/// A text completion, whole or a piece of a stream, which look the same (https://platform.openai.com/docs/api-reference/completions/object):
/// <code>{"id":"…","object":"text_completion","created":1760000000,"model":"gpt","choices":[{"text":"Hi","index":0,"logprobs":null,"finish_reason":"stop"}],"usage":{…}}</code>
/// </summary>
internal sealed record TextCompletion(string? Id, string Object, long? Created, string? Model, IReadOnlyList<TextChoice> Choices)
{
    public ChatUsage? Usage { get; init; }

    public static TextCompletion Of(ChatReply reply, Func<ChatReplyChoice, ChatReplyMessage?> message, TokenUsage? usage) =>
        new(reply.Id, "text_completion", reply.Created, reply.Model, [.. ChoicesOf(reply, message)])
        {
            Usage = usage is { } tokens
                ? new ChatUsage(tokens.Input, tokens.Output, tokens.Input + tokens.Output, new ChatPromptDetails(tokens.CacheRead), new ChatCompletionDetails(tokens.Reasoning))
                : null,
        };

    public void WriteTo(IBufferWriter<byte> output)
    {
        using var writer = new Utf8JsonWriter(output, JsonText.Plain);
        JsonSerializer.Serialize(writer, this, CompletionsJson.Default.TextCompletion);
    }

    public void WriteEventTo(IBufferWriter<byte> output)
    {
        output.Write("data: "u8);
        WriteTo(output);
        output.Write("\n\n"u8);
    }

    private static IEnumerable<TextChoice> ChoicesOf(ChatReply reply, Func<ChatReplyChoice, ChatReplyMessage?> message) =>
        from choice in reply.Choices ?? []
        where choice is not null
        let said = message(choice)
        select new TextChoice(said?.Content?.Text ?? said?.Refusal ?? "", choice.Index, choice.FinishReason);
}

/// <summary>One of the texts, or a piece of one.</summary>
internal sealed record TextChoice(string Text, int Index, [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? FinishReason)
{
    /// <summary>Always null: a request that asks for them is refused, and clients expect the member.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string? Logprobs { get; init; }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(TextCompletion))]
internal sealed partial class CompletionsJson : JsonSerializerContext;
