namespace ChatKit.Gateway.Providers;

/// <summary>An answer over HTTP.</summary>
internal sealed class HttpUpstreamResponse(HttpResponseMessage message) : UpstreamResponse
{
    private readonly Stream _body = ContentCoding.Decode(message.Content.ReadAsStream(), message.Content.Headers);

    public override int Status => (int)message.StatusCode;

    public override string? MediaType => message.Content.Headers.ContentType?.MediaType;

    public override string? ContentType => message.Content.Headers.ContentType?.ToString();

    public override IEnumerable<KeyValuePair<string, string>> Headers
    {
        get
        {
            foreach (var header in message.Headers.NonValidated) yield return new(header.Key, header.Value.ToString());
            foreach (var header in message.Content.Headers.NonValidated) yield return new(header.Key, header.Value.ToString());
        }
    }

    public override ValueTask<int> ReadAsync(Memory<byte> into, CancellationToken cancellationToken) => _body.ReadAsync(into, cancellationToken);

    public override void Dispose() => message.Dispose();
}
