using ChatKit.Gateway.Wire;

namespace ChatKit.Gateway.Providers;

/// <summary>An answer on its way in: the head is known, the body is read as it comes. Disposing it before the end breaks it off.</summary>
internal abstract class UpstreamResponse : IDisposable
{
    public abstract int Status { get; }

    /// <summary>The media type without parameters; null where the answer names none.</summary>
    public abstract string? MediaType { get; }

    /// <summary>The media type as it came, parameters and all; null where the answer names none.</summary>
    public virtual string? ContentType => MediaType;

    /// <summary>The headers as they came, unchecked.</summary>
    public abstract IEnumerable<KeyValuePair<string, string>> Headers { get; }

    public abstract ValueTask<int> ReadAsync(Memory<byte> into, CancellationToken cancellationToken);

    /// <summary>Reads the body to its end. False where it goes beyond the limit.</summary>
    public async ValueTask<bool> ReadToEndAsync(PooledBuffer body, long limit, CancellationToken cancellationToken)
    {
        while (await ReadAsync(body.GetMemory(), cancellationToken) is var count and > 0)
        {
            body.Advance(count);
            if (body.WrittenCount > limit) return false;
        }

        return true;
    }

    public abstract void Dispose();
}
