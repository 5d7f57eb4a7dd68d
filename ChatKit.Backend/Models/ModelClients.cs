using System.ClientModel;
using System.ClientModel.Primitives;
using ChatKit.ServiceDefaults.Models;
using OpenAI;
using OpenAI.Audio;
using OpenAI.Chat;
using OpenAI.Models;

namespace ChatKit.Backend.Models;

/// <summary>
/// The OpenAI package, pointed at the gateway: one connection pool, and no retries, since they belong to the gateway's routing. A stream may last as long as
/// it likes; only silence ends it.
/// </summary>
internal sealed class ModelClients : IDisposable
{
    /// <summary>Longer than any model thinks before its first word; the gateway's own limits come sooner.</summary>
    private static readonly TimeSpan LongestSilence = TimeSpan.FromMinutes(10);

    private readonly HttpClient _http = new(new SocketsHttpHandler
    {
        ConnectTimeout = TimeSpan.FromSeconds(30),
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
    })
    {
        Timeout = Timeout.InfiniteTimeSpan,
    };

    private readonly ApiKeyCredential _key;
    private readonly OpenAIClientOptions _options;

    public ModelClients(ModelEndpoint endpoint)
        : this(endpoint, LongestSilence)
    {
    }

    /// <param name="endpoint">Where the models are.</param>
    /// <param name="longestSilence">How long to wait for headers, and between two reads of a stream.</param>
    internal ModelClients(ModelEndpoint endpoint, TimeSpan longestSilence)
    {
        _key = new ApiKeyCredential(endpoint.ApiKey);
        _options = new OpenAIClientOptions
        {
            Endpoint = endpoint.BaseAddress,
            Transport = new HttpClientPipelineTransport(_http),
            RetryPolicy = new ClientRetryPolicy(maxRetries: 0),
            NetworkTimeout = longestSilence,
        };
        Catalog = new OpenAIModelClient(_key, _options);
    }

    public OpenAIModelClient Catalog { get; }

    public ChatClient Chat(string model) => new(model, _key, _options);

    public AudioClient Speech(string model) => new(model, _key, _options);

    public void Dispose() => _http.Dispose();
}
