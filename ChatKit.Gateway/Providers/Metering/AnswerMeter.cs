using ChatKit.Gateway.Model;
using ChatKit.Gateway.Providers.Bedrock;
using ChatKit.Gateway.Wire;
using ChatKit.Gateway.Wire.Sse;

namespace ChatKit.Gateway.Providers.Metering;

/// <summary>
/// Reads beside the way of an answer that passes through what it says about itself. It changes nothing and holds nothing up: what is not understood is not
/// metered.
/// </summary>
internal sealed class AnswerMeter : IDisposable
{
    /// <summary>A whole answer beyond this is not kept to be read.</summary>
    private const int LargestAnswer = 16 * 1024 * 1024;

    private readonly IUsageReader? _usage;
    private readonly IEventReader? _events;
    private PooledBuffer? _whole;
    private bool _isLost;

    private AnswerMeter(IUsageReader? usage, IEventReader? events) => (_usage, _events, _whole) = (usage, events, usage is null || events is not null ? null : new PooledBuffer());

    /// <summary>True once a stream has said its last word, whatever bytes may follow.</summary>
    public bool HasEnded { get; private set; }

    /// <summary>What is known so far; for a whole answer, once it is whole.</summary>
    public AnswerFacts Facts
    {
        get
        {
            if (_whole is { WrittenCount: > 0 } whole)
            {
                _usage!.Read(default, whole.WrittenMemory);
                whole.Dispose();
                _whole = null;
            }

            return _usage?.Facts ?? default;
        }
    }

    public static AnswerMeter Of(UsageFormat format, UpstreamResponse response)
    {
        if (response.Status is < 200 or > 299 || UsageReaders.Of(format, response) is not { } usage) return new AnswerMeter(null, null);
        return response.MediaType switch
        {
            "text/event-stream" => new AnswerMeter(usage, new SseReader()),
            "application/vnd.amazon.eventstream" => new AnswerMeter(usage, new EventStreamReader()),
            "application/json" => new AnswerMeter(usage, null),
            _ => new AnswerMeter(null, null),
        };
    }

    /// <summary>Takes the next bytes of the answer.</summary>
    public void Take(ReadOnlySpan<byte> bytes)
    {
        if (_isLost || _usage is null) return;
        if (_events is null) Keep(bytes);
        else Cut(_events, bytes);
    }

    public void Dispose()
    {
        _events?.Dispose();
        _whole?.Dispose();
    }

    private void Keep(ReadOnlySpan<byte> bytes)
    {
        if (_whole is not { } whole) return;
        if (whole.WrittenCount + bytes.Length <= LargestAnswer)
        {
            bytes.CopyTo(whole.GetSpan(bytes.Length));
            whole.Advance(bytes.Length);
            return;
        }

        whole.Dispose();
        (_whole, _isLost) = (null, true);
    }

    private void Cut(IEventReader events, ReadOnlySpan<byte> bytes)
    {
        try
        {
            while (!bytes.IsEmpty && !(_isLost = events.IsFull))
            {
                var room = events.GetMemory().Span;
                var count = Math.Min(room.Length, bytes.Length);
                bytes[..count].CopyTo(room);
                events.Advance(count);
                bytes = bytes[count..];
                while (events.TryRead(out var next))
                {
                    if (next.Data.IsEmpty) continue;
                    HasEnded |= next.Data.Span.Trim((byte)' ').SequenceEqual("[DONE]"u8) || next.Type.Span.SequenceEqual("message_stop"u8) || next.Type.Span.SequenceEqual("response.completed"u8);
                    _usage!.Read(next.Type, next.Data);
                }
            }
        }
        catch (InvalidDataException)
        {
            _isLost = true;
        }
    }
}
