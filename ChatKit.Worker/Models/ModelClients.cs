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
    private readonly OpenAIClientOptions _options = new()
    {
        Endpoint = endpoint.BaseAddress,
        RetryPolicy = new ClientRetryPolicy(maxRetries: 0),
        NetworkTimeout = TimeSpan.FromMinutes(2),
    };

    public ChatClient Chat(string model) => new(model, _key, _options);

    /// <summary>The first model that the gateway lists by name (<c>openai/*</c> is a rule, not a name); null where there is none.</summary>
    public async Task<string?> FirstListedAsync(CancellationToken cancellationToken)
    {
        var listed = await new OpenAIModelClient(_key, _options).GetModelsAsync(cancellationToken);
        return listed.Value.Select(model => model.Id).FirstOrDefault(id => !id.Contains('*', StringComparison.Ordinal));
    }
}
