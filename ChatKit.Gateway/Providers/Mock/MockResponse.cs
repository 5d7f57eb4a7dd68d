namespace ChatKit.Gateway.Providers.Mock;

/// <summary>An answer from memory, a piece at a time; a stream pauses before each piece but the first.</summary>
internal sealed class MockResponse(int status, string mediaType, IEnumerable<ReadOnlyMemory<byte>> pieces, TimeProvider time, TimeSpan pace) : UpstreamResponse
{
    private readonly IEnumerator<ReadOnlyMemory<byte>> _pieces = pieces.GetEnumerator();
    private ReadOnlyMemory<byte> _rest;
    private bool _begun;

    public override int Status => status;

    public override string? MediaType => mediaType;

    public override IEnumerable<KeyValuePair<string, string>> Headers => [];

    public override async ValueTask<int> ReadAsync(Memory<byte> into, CancellationToken cancellationToken)
    {
        if (_rest.IsEmpty)
        {
            if (!_pieces.MoveNext()) return 0;
            if (_begun && pace > TimeSpan.Zero) await Task.Delay(pace, time, cancellationToken);
            (_rest, _begun) = (_pieces.Current, true);
        }

        var count = Math.Min(_rest.Length, into.Length);
        _rest[..count].CopyTo(into);
        _rest = _rest[count..];
        return count;
    }

    public override void Dispose() => _pieces.Dispose();
}
