using System.Buffers;
using System.Text.Json;
using ChatKit.Gateway.Errors;
using ChatKit.Gateway.Wire.Json;
using ChatKit.Gateway.Wire.OpenAi;
using ChatKit.Gateway.Wire.Sse;

namespace ChatKit.Gateway.Providers.OverChat;

/// <summary>Two translations in a row: the provider's events become chunks, the chunks become the events of the client's dialect.</summary>
internal sealed class OverChatStream(IAnswerStream chat, IChunkTranslation translation) : IAnswerStream
{
    private readonly ArrayBufferWriter<byte> _chunks = new(1024);
    private GatewayError? _error;

    public AnswerFacts Facts => chat.Facts;

    public GatewayError? Error => _error ?? chat.Error;

    public StreamStep Next(in SseEvent upstream, IBufferWriter<byte> output)
    {
        _chunks.ResetWrittenCount();
        return Translate(chat.Next(upstream, _chunks), output);
    }

    public StreamStep End(IBufferWriter<byte> output)
    {
        _chunks.ResetWrittenCount();
        return Translate(chat.End(_chunks), output);
    }

    private StreamStep Translate(StreamStep step, IBufferWriter<byte> output)
    {
        if (step is StreamStep.Failed) return step;
        try
        {
            foreach (var line in _chunks.WrittenSpan.Split((byte)'\n')) Take(_chunks.WrittenSpan[line], output);
        }
        catch (JsonException)
        {
            _error = OpenAiErrors.Broken("The provider's stream has an event that is not a chunk of its dialect.");
            return StreamStep.Failed;
        }

        if (step is StreamStep.Terminal) translation.Finish(chat.Facts, output);
        return step;
    }

    /// <summary>Chat classes write one <c>data:</c> line an event, whatever the provider's framing was.</summary>
    private void Take(ReadOnlySpan<byte> line, IBufferWriter<byte> output)
    {
        if (!line.StartsWith("data:"u8)) return;
        var data = line["data:"u8.Length..].Trim(" \r"u8);
        if (data.SequenceEqual("[DONE]"u8) || data.IsEmpty) return;
        if (JsonUnicode.Read(data, OpenAiJson.Default.ChatReply) is { } chunk) translation.Next(chunk, output);
    }
}
