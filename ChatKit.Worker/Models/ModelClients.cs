using System.ClientModel;
using System.ClientModel.Primitives;
using ChatKit.ServiceDefaults.Models;
using OpenAI;
using OpenAI.Chat;
using OpenAI.Models;

namespace ChatKit.Worker.Models;

/// <summary>The OpenAI package, pointed at the gateway. It does not retry: the job that calls it does, and tells the world that it does.</summary>
internal sealed class ModelClients(ModelEndpoint endpoint)
{
    private readonly ApiKeyCredential _key = new(endpoint.ApiKey);
    private readonly OpenAIClientOptions _options = Options(endpoint, userId: null);

    /// <summary>What it costs is on record under the person for whom it is done.</summary>
    public ChatClient Chat(string model, string userId) => new(model, _key, Options(endpoint, userId));

    /// <summary>The first model that the gateway lists by name (<c>openai/*</c> is a rule, not a name); null where there is none.</summary>
    public async Task<string?> FirstListedAsync(CancellationToken cancellationToken)
    {
        var listed = await new OpenAIModelClient(_key, _options).GetModelsAsync(cancellationToken);
        return listed.Value.Select(model => model.Id).FirstOrDefault(id => !id.Contains('*', StringComparison.Ordinal));
    }

    private static OpenAIClientOptions Options(ModelEndpoint endpoint, string? userId)
    {
        var options = new OpenAIClientOptions
        {
            Endpoint = endpoint.BaseAddress,
            RetryPolicy = new ClientRetryPolicy(maxRetries: 0),
            NetworkTimeout = TimeSpan.FromMinutes(2),
        };
        if (endpoint.IsGateway && userId is not null)
            options.AddPolicy(new PersonOnRecord(userId), PipelinePosition.BeforeTransport);
        return options;
    }
}
