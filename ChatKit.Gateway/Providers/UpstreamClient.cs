using ChatKit.Gateway.Model;

namespace ChatKit.Gateway.Providers;

/// <summary>
/// The one owner of connections to providers. It sends once and follows nothing: retries belong to Routing, a redirect would carry the key to another
/// host, and a cookie of one caller must not travel with the next.
/// </summary>
internal sealed class UpstreamClient : IUpstream, IDisposable
{
    private readonly HttpMessageInvoker _invoker = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        ConnectTimeout = CallTimeouts.Default.Connect,
        // Addresses move; a connection does not notice.
        PooledConnectionLifetime = TimeSpan.FromMinutes(15),
        PooledConnectionIdleTimeout = TimeSpan.FromMinutes(2),
        // An answer that is broken off ends with its connection, and the provider learns it at once.
        ResponseDrainTimeout = TimeSpan.FromMilliseconds(250),
        // Trace ids are ours; the attempt has its own span.
        ActivityHeadersPropagator = null,
    });

    public async ValueTask<UpstreamResponse> SendAsync(ModelCall call, UpstreamRequest request, CancellationToken cancellationToken)
    {
        using var message = new HttpRequestMessage(HttpMethod.Post, request.Address) { Content = new ReadOnlyMemoryContent(request.Body.WrittenMemory) };
        message.Content.Headers.TryAddWithoutValidation("Content-Type", "application/json");
        // Answers are small and streams must not wait for a block to fill: compression would cost more than it saves.
        message.Headers.TryAddWithoutValidation("Accept-Encoding", "identity");
        foreach (var (name, value) in request.Headers) message.Headers.TryAddWithoutValidation(name, value);
        if (request.Token is { } source) message.Headers.TryAddWithoutValidation("Authorization", $"Bearer {await source.GetTokenAsync(cancellationToken)}");
        return new HttpUpstreamResponse(await _invoker.SendAsync(message, cancellationToken));
    }

    public void Dispose() => _invoker.Dispose();
}
