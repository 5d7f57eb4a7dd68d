using ChatKit.Gateway.Wire.Sse;

namespace ChatKit.Gateway.Wire.Gemini;

/// <summary>
/// Google's server-sent events. An error that breaks into a stream comes as a bare object between them, without <c>data:</c>
/// (https://github.com/googleapis/js-genai, <c>processStreamResponse</c>); here it is the data of an event like the others.
/// </summary>
internal sealed class ContentEventReader : IEventReader
{
    private readonly SseReader _events = new();

    public bool IsFull => _events.IsFull;

    public Memory<byte> GetMemory() => _events.GetMemory();

    public void Advance(int count) => _events.Advance(count);

    public bool TryRead(out SseEvent next)
    {
        var found = _events.TryRead(out next);
        if (found) next = Dressed(next);
        return found;
    }

    public bool TryReadLast(out SseEvent last)
    {
        var found = _events.TryReadLast(out last);
        if (found) last = Dressed(last);
        return found;
    }

    public void Dispose() => _events.Dispose();

    private static SseEvent Dressed(in SseEvent given) => given.Data.IsEmpty && given.Raw.Span is [(byte)'{', ..] ? given with { Data = given.Raw } : given;
}
