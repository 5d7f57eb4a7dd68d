using System.Collections.Concurrent;
using ChatKit.Gateway.Errors;
using ChatKit.Gateway.Model;

namespace ChatKit.Gateway.Providers;

/// <summary>
/// The one owner of connections to providers. It sends once and follows nothing: retries belong to Routing, a redirect would carry the key to another
/// host, and a cookie of one caller must not travel with the next.
/// </summary>
internal sealed class UpstreamClient(CloudAuthorization clouds) : IUpstream, IDisposable
{
    /// <summary>One for each limit on connecting that is configured: the platform knows that limit for a pool of connections, not for a request.</summary>
    private readonly ConcurrentDictionary<TimeSpan, HttpMessageInvoker> _invokers = new();

    public async ValueTask<UpstreamResponse> SendAsync(ModelCall call, UpstreamRequest request, CancellationToken cancellationToken)
    {
        using var message = new HttpRequestMessage(HttpMethod.Post, request.Address) { Content = request.Upload ?? (HttpContent)new ReadOnlyMemoryContent(request.Body.WrittenMemory) };
        if (request.Upload is null) message.Content.Headers.TryAddWithoutValidation("Content-Type", "application/json");
        else if (request.Upload.AsksFirst) message.Headers.ExpectContinue = true;
        // Answers are small and streams must not wait for a block to fill: compression would cost more than it saves.
        message.Headers.TryAddWithoutValidation("Accept-Encoding", "identity");
        foreach (var (name, value) in request.Headers) message.Headers.TryAddWithoutValidation(name, value);
        try
        {
            if (call.Deployment.Identity is { } identity) await clouds.AuthorizeAsync(message, identity, request.Body.WrittenMemory, cancellationToken);
            return Open(await InvokerOf(call.Deployment).SendAsync(message, cancellationToken));
        }
        finally
        {
            if (request.Upload is { } upload) await upload.StopAsync();
        }
    }

    /// <summary>Sends a request that is complete but for the proof of who we are. <paramref name="body"/> is what its content holds, for clouds that sign it.</summary>
    public async ValueTask<UpstreamResponse> SendAsync(HttpRequestMessage message, Deployment deployment, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        if (deployment.Identity is { } identity) await clouds.AuthorizeAsync(message, identity, body, cancellationToken);
        return Open(await InvokerOf(deployment).SendAsync(message, cancellationToken));
    }

    public void Dispose()
    {
        foreach (var invoker in _invokers.Values) invoker.Dispose();
    }

    private HttpMessageInvoker InvokerOf(Deployment deployment) => _invokers.GetOrAdd(deployment.Timeouts.Connect, Connect);

    private static HttpUpstreamResponse Open(HttpResponseMessage answer)
    {
        try
        {
            return new HttpUpstreamResponse(answer);
        }
        catch (UnknownCodingException)
        {
            answer.Dispose();
            throw;
        }
    }

    private static HttpMessageInvoker Connect(TimeSpan connectTimeout) => new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        ConnectTimeout = connectTimeout,
        // Addresses move; a connection does not notice.
        PooledConnectionLifetime = TimeSpan.FromMinutes(15),
        PooledConnectionIdleTimeout = TimeSpan.FromMinutes(2),
        // An answer that is broken off ends with its connection, and the provider learns it at once.
        ResponseDrainTimeout = TimeSpan.FromMilliseconds(250),
        // Trace ids are ours; the attempt has its own span.
        ActivityHeadersPropagator = null,
    });
}
