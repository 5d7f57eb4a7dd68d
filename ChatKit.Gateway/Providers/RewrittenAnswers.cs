using System.Buffers;
using ChatKit.Gateway.Errors;
using ChatKit.Gateway.Wire.OpenAi;
using ChatKit.Gateway.Wire.Sse;

namespace ChatKit.Gateway.Providers;

/// <summary>Stands around the chat of a provider and rewrites the completions that it gives to the client; <paramref name="open"/> begins with each answer.</summary>
internal sealed class RewrittenAnswers(IProvider chat, Func<CompletionRewrite> open) : IProvider
{
    public GatewayError? WriteRequest(ModelCall call, UpstreamRequest request) => chat.WriteRequest(call, request);

    public GatewayError? ReadAnswer(ModelCall call, ReadOnlyMemory<byte> body, IBufferWriter<byte> output, out AnswerFacts facts)
    {
        var completion = new ArrayBufferWriter<byte>(Math.Max(body.Length, 256));
        var error = chat.ReadAnswer(call, body, completion, out facts);
        if (error is null) open().Write(completion.WrittenSpan, output);
        return error;
    }

    public IAnswerStream OpenStream(ModelCall call) => new RewrittenStream(chat.OpenStream(call), open());

    public IEventReader OpenReader() => chat.OpenReader();

    public GatewayError ReadError(ModelCall call, int status, ReadOnlyMemory<byte> body) => chat.ReadError(call, status, body);

    private sealed class RewrittenStream(IAnswerStream chat, CompletionRewrite rewrite) : IAnswerStream
    {
        private readonly ArrayBufferWriter<byte> _chunks = new();

        public AnswerFacts Facts => chat.Facts;

        public GatewayError? Error => chat.Error;

        public StreamStep Next(in SseEvent upstream, IBufferWriter<byte> output)
        {
            var step = chat.Next(upstream, _chunks);
            Rewrite(output);
            return step;
        }

        public StreamStep End(IBufferWriter<byte> output)
        {
            var step = chat.End(_chunks);
            Rewrite(output);
            return step;
        }

        /// <summary>The chat writes whole events, so that they can be read back at once.</summary>
        private void Rewrite(IBufferWriter<byte> output)
        {
            if (_chunks.WrittenCount == 0) return;
            using var reader = new SseReader();
            for (var rest = _chunks.WrittenSpan; !rest.IsEmpty;)
            {
                var room = reader.GetMemory().Span;
                var count = Math.Min(room.Length, rest.Length);
                rest[..count].CopyTo(room);
                reader.Advance(count);
                rest = rest[count..];
                while (reader.TryRead(out var chunk)) Rewrite(chunk, output);
            }

            _chunks.ResetWrittenCount();
        }

        private void Rewrite(in SseEvent chunk, IBufferWriter<byte> output)
        {
            if (chunk.Data.IsEmpty || chunk.Data.Span[0] != '{')
            {
                output.Write(chunk.Raw.Span);
                return;
            }

            output.Write("data: "u8);
            rewrite.Write(chunk.Data.Span, output);
            output.Write("\n\n"u8);
        }
    }
}
