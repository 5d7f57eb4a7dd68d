using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ChatKit.Backend.Models;

/// <summary>
/// The gateway's key routes, as far as the backend needs them (https://docs.litellm.ai/docs/proxy/virtual_keys):
/// <code>
/// GET  /key/info?key=sk-…                                     {"key":"…","info":{"max_budget":10.0,"budget_duration":"30d",…}}, or 404
/// POST /key/generate {"key","key_alias","user_id","max_budget","budget_duration"}
/// POST /key/update   {"key","max_budget","budget_duration"}
/// </code>
/// </summary>
internal sealed class GatewayKeys(ModelConnection connection, TimeProvider time)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Makes sure that the key is at the gateway, and may spend what the rule says. Throws where the gateway cannot or will not have it.</summary>
    public async Task EnsureAsync(PersonalKeyRule rule, string userId, string alias, CancellationToken cancel)
    {
        var key = rule.KeyOf(userId);
        if (await FindAsync(rule, key, cancel) is { } known)
        {
            if ((known.MaxBudget, known.BudgetDuration) != (rule.Budget, rule.Period))
                await PostAsync(rule, "key/update", new KeyUpdate(key, rule.Budget, rule.Period), KeyJson.Default.KeyUpdate, cancel);
            return;
        }

        var asked = new KeyRequest(key, alias, userId, rule.Budget, rule.Period);
        using var response = await SendAsync(rule, HttpMethod.Post, "key/generate", Body(asked, KeyJson.Default.KeyRequest), cancel);
        // Another replica may have made it meanwhile.
        if (!response.IsSuccessStatusCode && await FindAsync(rule, key, cancel) is null)
            throw Refused("key/generate", response);
    }

    private async Task<KeyInfo?> FindAsync(PersonalKeyRule rule, string key, CancellationToken cancel)
    {
        using var response = await SendAsync(rule, HttpMethod.Get, $"key/info?key={key}", body: null, cancel);
        if (response.StatusCode == HttpStatusCode.NotFound)
            return null;
        if (!response.IsSuccessStatusCode)
            throw Refused("key/info", response);
        await using var body = await response.Content.ReadAsStreamAsync(cancel);
        return (await JsonSerializer.DeserializeAsync(body, KeyJson.Default.KeyAnswer, cancel))?.Info;
    }

    private async Task PostAsync<T>(PersonalKeyRule rule, string path, T body, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> shape, CancellationToken cancel)
    {
        using var response = await SendAsync(rule, HttpMethod.Post, path, Body(body, shape), cancel);
        if (!response.IsSuccessStatusCode)
            throw Refused(path, response);
    }

    private async Task<HttpResponseMessage> SendAsync(PersonalKeyRule rule, HttpMethod method, string path, HttpContent? body, CancellationToken cancel)
    {
        using var patience = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancel);
        using var request = new HttpRequestMessage(method, new Uri(connection.Endpoint.BaseAddress, $"/{path}")) { Content = body };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", rule.MasterKey);
        return await connection.SendAsync(request, either.Token);
    }

    private static ByteArrayContent Body<T>(T value, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> shape) =>
        new(JsonSerializer.SerializeToUtf8Bytes(value, shape)) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };

    private static HttpRequestException Refused(string path, HttpResponseMessage response) =>
        new($"The gateway answered {(int)response.StatusCode} to {path}.", inner: null, response.StatusCode);
}

internal sealed record KeyRequest(string Key, string KeyAlias, string UserId, decimal? MaxBudget, string? BudgetDuration);

/// <summary>Null takes a budget away.</summary>
internal sealed record KeyUpdate(string Key, decimal? MaxBudget, string? BudgetDuration);

internal sealed record KeyAnswer(KeyInfo? Info);

internal sealed record KeyInfo(decimal? MaxBudget, string? BudgetDuration);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(KeyRequest))]
[JsonSerializable(typeof(KeyUpdate))]
[JsonSerializable(typeof(KeyAnswer))]
internal sealed partial class KeyJson : JsonSerializerContext;
