using System.Buffers;
using System.Text.Json;
using ChatKit.Gateway.Errors;
using ChatKit.Gateway.Providers.Messages;
using ChatKit.Gateway.Wire;
using ChatKit.Gateway.Wire.Json;

namespace ChatKit.Gateway.Providers.Bedrock;

/// <summary>
/// Anthropic's token count by Bedrock's CountTokens, which wraps the body of a call in base64
/// (https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_CountTokens.html):
/// <code>{"input":{"invokeModel":{"body":"eyJhbnRo…"}}} → {"inputTokens":14}</code>
/// </summary>
internal sealed class ClaudeTokenCount : IProvider
{
    public GatewayError? WriteRequest(ModelCall call, UpstreamRequest request)
    {
        request.Begin(call, "count-tokens");
        var bare = call with { Deployment = call.Deployment with { DefaultParameters = [] } };
        using var counted = new PooledBuffer();
        // A call has a limit, a count has none; it counts for nothing.
        var hasLimit = call.Envelope.Members.Any(member => member.Is(call.Body.Span, "max_tokens"u8));
        new MessagesBody(bare, request.Losses).WriteWithoutModel(counted, hasLimit ? [("anthropic_version", ClaudeProvider.Version)] : [("anthropic_version", ClaudeProvider.Version), ("max_tokens", "1"u8.ToArray())]);
        using var writer = new Utf8JsonWriter(request.Body, JsonText.Plain);
        writer.WriteStartObject();
        writer.WriteStartObject("input"u8);
        writer.WriteStartObject("invokeModel"u8);
        writer.WriteBase64String("body"u8, counted.WrittenSpan);
        writer.WriteEndObject();
        writer.WriteEndObject();
        writer.WriteEndObject();
        return null;
    }

    public GatewayError? ReadAnswer(ModelCall call, ReadOnlyMemory<byte> body, IBufferWriter<byte> output, out AnswerFacts facts)
    {
        facts = default;
        if (Count(body.Span) is not { } count) return BedrockErrors.Broken("The provider's answer is not a count of tokens.");
        using var writer = new Utf8JsonWriter(output, JsonText.Plain);
        writer.WriteStartObject();
        writer.WriteNumber("input_tokens"u8, count);
        writer.WriteEndObject();
        return null;
    }

    public IAnswerStream OpenStream(ModelCall call) => new ClaudeStream(call);

    public GatewayError ReadError(ModelCall call, int status, ReadOnlyMemory<byte> body) => BedrockErrors.FromAnswer(status, body.Span);

    private static long? Count(ReadOnlySpan<byte> body)
    {
        try
        {
            return JsonUnicode.Read(body, BedrockJson.Default.TokenCount)?.InputTokens;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <summary>CountTokens' answer.</summary>
internal sealed record TokenCount(long? InputTokens);
