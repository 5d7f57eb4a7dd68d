using System.Buffers;
using ChatKit.Gateway.Errors;
using ChatKit.Gateway.Wire.Sse;

namespace ChatKit.Gateway.Providers.Reasoning;

/// <summary>
/// <c>merge_reasoning_content_in_choices</c> (https://docs.litellm.ai/docs/reasoning_content): for clients that show content only, the reasoning comes as part
/// of it, between <c>&lt;think&gt;</c> tags. Stands around the chat of any provider and rewrites what that gives to the client.
/// </summary>
internal sealed class MergedReasoning(IProvider chat) : IProvider
{
    public GatewayError? WriteRequest(ModelCall call, UpstreamRequest request) => chat.WriteRequest(call, request);

    public GatewayError? ReadAnswer(ModelCall call, ReadOnlyMemory<byte> body, IBufferWriter<byte> output, out AnswerFacts facts)
    {
        var completion = new ArrayBufferWriter<byte>(body.Length);
        var error = chat.ReadAnswer(call, body, completion, out facts);
        if (error is null) new ReasoningMerge().Write(completion.WrittenSpan, output);
        return error;
    }

    public IAnswerStream OpenStream(ModelCall call) => new MergedStream(chat.OpenStream(call));

    public IEventReader OpenReader() => chat.OpenReader();

    public GatewayError ReadError(ModelCall call, int status, ReadOnlyMemory<byte> body) => chat.ReadError(call, status, body);

    private sealed class MergedStream(IAnswerStream chat) : IAnswerStream
    {
        private readonly ReasoningMerge _merge = new();
        private readonly ArrayBufferWriter<byte> _chunks = new();

        public AnswerFacts Facts => chat.Facts;

        public GatewayError? Error => chat.Error;

        public StreamStep Next(in SseEvent upstream, IBufferWriter<byte> output)
        {
            var step = chat.Next(upstream, _chunks);
            Merge(output);
            return step;
        }

        public StreamStep End(IBufferWriter<byte> output)
        {
            var step = chat.End(_chunks);
            Merge(output);
            return step;
        }

        /// <summary>The chat writes whole events, so that they can be read back at once.</summary>
        private void Merge(IBufferWriter<byte> output)
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
                while (reader.TryRead(out var chunk)) Merge(chunk, output);
            }

            _chunks.ResetWrittenCount();
        }

        private void Merge(in SseEvent chunk, IBufferWriter<byte> output)
        {
            if (chunk.Data.IsEmpty || chunk.Data.Span[0] != '{')
            {
                output.Write(chunk.Raw.Span);
                return;
            }

            output.Write("data: "u8);
            _merge.Write(chunk.Data.Span, output);
            output.Write("\n\n"u8);
        }
    }
}
