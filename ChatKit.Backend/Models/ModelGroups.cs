using System.ClientModel.Primitives;
using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ChatKit.Backend.Models;

/// <summary>
/// What the gateway knows about its models (https://docs.litellm.ai/docs/proxy/model_management), remembered for a while. A gateway that is none, or knows nothing,
/// is not asked again soon.
/// <code>{"data":[{"model_group":"gpt","max_input_tokens":128000,"max_output_tokens":16384,"mode":"chat"}]}</code>
/// </summary>
internal sealed class ModelGroups(ModelConnection connection, TimeProvider time)
{
    private const int MaxRemembered = 1000;

    private static readonly TimeSpan Freshness = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<string, (long At, IReadOnlyList<ModelGroup> Groups)> _known = new(StringComparer.Ordinal);

    /// <summary>Null where nothing is known of the model.</summary>
    public async Task<ModelGroup?> FindAsync(string model, CancellationToken cancel) =>
        (await AskAsync($"?model_group={Uri.EscapeDataString(model)}", cancel)).FirstOrDefault(group => group.Name == model);

    /// <summary>All that are listed.</summary>
    public Task<IReadOnlyList<ModelGroup>> ListAsync(CancellationToken cancel) => AskAsync("", cancel);

    private async Task<IReadOnlyList<ModelGroup>> AskAsync(string query, CancellationToken cancel)
    {
        if (!connection.Endpoint.IsGateway)
            return [];
        if (_known.TryGetValue(query, out var known) && time.GetElapsedTime(known.At) < Freshness)
            return known.Groups;
        using var late = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancel);
        var groups = await ReadAsync(query, either.Token, cancel);
        if (_known.Count >= MaxRemembered)
            _known.Clear();
        _known[query] = (time.GetTimestamp(), groups);
        return groups;
    }

    private async Task<IReadOnlyList<ModelGroup>> ReadAsync(string query, CancellationToken either, CancellationToken cancel)
    {
        try
        {
            var pipeline = connection.Catalog.Pipeline;
            using var message = pipeline.CreateMessage();
            message.Request.Method = HttpMethods.Get;
            // Beside /v1, not below it.
            message.Request.Uri = new Uri(connection.Endpoint.BaseAddress, $"model_group/info{query}");
            message.Request.Headers.Set("Accept", "application/json");
            message.Apply(new RequestOptions { CancellationToken = either });
            await pipeline.SendAsync(message);
            return message.Response is { IsError: false } response
                ? JsonSerializer.Deserialize(response.Content, ModelGroupsJson.Default.ModelGroupList)?.Data ?? []
                : [];
        }
        catch (Exception failure) when ((failure is JsonException || GatewayFailure.Explains(failure)) && !cancel.IsCancellationRequested)
        {
            return [];
        }
    }
}

/// <summary>A model as its users name it.</summary>
internal sealed record ModelGroup([property: JsonPropertyName("model_group")] string Name, int? MaxInputTokens = null, int? MaxOutputTokens = null, string? Mode = null);

internal sealed record ModelGroupList(IReadOnlyList<ModelGroup> Data);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(ModelGroupList))]
internal sealed partial class ModelGroupsJson : JsonSerializerContext;
