using System.ClientModel;
using System.ClientModel.Primitives;
using ChatKit.ServiceDefaults.Models;
using OpenAI;
using OpenAI.Models;

namespace ChatKit.Backend.Models;

/// <summary>
/// The OpenAI package, pointed at the gateway: one connection pool, and no retries, since they belong to the gateway's routing. A stream may last as long as
/// it likes; only silence ends it.
/// </summary>
internal sealed class ModelConnection : IDisposable
{
    /// <summary>Longer than any model thinks before its first word; the gateway's own limits come sooner.</summary>
    private static readonly TimeSpan LongestSilence = TimeSpan.FromMinutes(10);

    private readonly TimeSpan _longestSilence;
    private readonly HttpClient _http = new(new SocketsHttpHandler
    {
        ConnectTimeout = TimeSpan.FromSeconds(30),
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
    })
    {
        Timeout = Timeout.InfiniteTimeSpan,
    };

    public ModelConnection(ModelEndpoint endpoint)
        : this(endpoint, LongestSilence)
    {
    }

    /// <param name="endpoint">Where the models are.</param>
    /// <param name="longestSilence">How long to wait for headers, and between two reads of a stream.</param>
    internal ModelConnection(ModelEndpoint endpoint, TimeSpan longestSilence)
    {
        (Endpoint, _longestSilence) = (endpoint, longestSilence);
        Key = new ApiKeyCredential(endpoint.ApiKey);
        Catalog = new OpenAIModelClient(Key, Options());
    }

    public ModelEndpoint Endpoint { get; }

    /// <summary>The key that the backend itself has.</summary>
    public ApiKeyCredential Key { get; }

    /// <summary>What models there are: nobody in particular asks that.</summary>
    public OpenAIModelClient Catalog { get; }

    /// <summary>Of a client of this connection, whose calls are changed before they are sent.</summary>
    public OpenAIClientOptions Options(params ReadOnlySpan<PipelinePolicy> policies)
    {
        var options = new OpenAIClientOptions
        {
            Endpoint = Endpoint.BaseAddress,
            Transport = new HttpClientPipelineTransport(_http),
            RetryPolicy = new ClientRetryPolicy(maxRetries: 0),
            NetworkTimeout = _longestSilence,
        };
        foreach (var policy in policies)
            options.AddPolicy(policy, PipelinePosition.BeforeTransport);
        return options;
    }

    /// <summary>A call of the gateway's own routes, which the package does not know.</summary>
    public Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancel) => _http.SendAsync(request, cancel);

    public void Dispose() => _http.Dispose();
}
