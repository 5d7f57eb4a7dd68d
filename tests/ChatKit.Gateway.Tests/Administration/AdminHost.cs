using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ChatKit.Data.Gateway;
using ChatKit.Data.Gateway.Keys;
using ChatKit.ServiceDefaults.Database;
using ChatKit.Testing.Databases;
using ChatKit.Gateway.Tests.Config;
using ChatKit.Gateway.Tests.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace ChatKit.Gateway.Tests.Administration;

/// <summary>A gateway with a database of its own, as an administrator talks to it.</summary>
internal sealed class AdminHost : IAsyncDisposable
{
    public const string MasterKey = "sk-master-of-the-directory-0123456789";

    private readonly TempDatabase _database;
    private readonly bool _ownsDatabase;

    private AdminHost(TempDatabase database, bool ownsDatabase, ConfigFolder folder, ConfiguredGateway gateway) =>
        (_database, _ownsDatabase, Folder, Gateway) = (database, ownsDatabase, folder, gateway);

    public ConfigFolder Folder { get; }

    public ConfiguredGateway Gateway { get; }

    public static async Task<AdminHost> StartAsync(DatabaseKind kind, Action<ConfigFolder>? configure = null, Action<IServiceCollection>? replace = null) =>
        await StartAsync(await TempDatabase.CreateMigratedAsync(kind), ownsDatabase: true, configure, replace);

    /// <summary>Another replica on the same database.</summary>
    public Task<AdminHost> ReplicaAsync(Action<ConfigFolder>? configure = null, Action<IServiceCollection>? replace = null) => StartAsync(_database, ownsDatabase: false, configure, replace);

    public TempDatabase Database => _database;

    /// <summary>Sends JSON, or nothing for null.</summary>
    public async Task<HttpResponseMessage> SendAsync(string method, string path, string? body = null, string? key = MasterKey)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (key is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        if (body is not null) request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        return await Gateway.Client.SendAsync(request);
    }

    public Task<JsonElement> PostAsync(string path, string body, string? key = MasterKey) => AnswerAsync(SendAsync("POST", path, body, key));

    public Task<JsonElement> GetAsync(string path, string? key = MasterKey) => AnswerAsync(SendAsync("GET", path, key: key));

    /// <summary>The error of a request that is refused.</summary>
    public async Task<ErrorAnswer> RefusedAsync(string method, string path, string? body = null, string? key = MasterKey)
    {
        using var response = await SendAsync(method, path, body, key);
        Assert.False(response.IsSuccessStatusCode, $"{method} {path} {body}: {response.StatusCode}");
        return await ErrorAnswer.ReadAsync(response);
    }

    /// <summary>A virtual key, put into the database past every route.</summary>
    public async Task<string> KeyAsync(string? userId = null, string? teamId = null)
    {
        var key = $"sk-{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(12))}";
        await using var rows = await Gateway.Services.GetRequiredService<IDbContextFactory<GatewayDbContext>>().CreateDbContextAsync();
        rows.Keys.Add(new VirtualKeyRow
        {
            Token = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key))),
            Name = $"sk-...{key[^4..]}",
            UserId = userId,
            TeamId = teamId,
            CreatedAt = DateTime.UnixEpoch,
            UpdatedAt = DateTime.UnixEpoch,
        });
        await rows.SaveChangesAsync();
        return key;
    }

    /// <summary>A user of a role, and a key of theirs.</summary>
    public async Task<string> UserKeyAsync(string userId, string role)
    {
        await PostAsync("/user/new", $$"""{"user_id":"{{userId}}","user_role":"{{role}}","auto_create_key":false}""");
        return await KeyAsync(userId);
    }

    public async ValueTask DisposeAsync()
    {
        await Gateway.DisposeAsync();
        if (_ownsDatabase) await _database.DisposeAsync();
        Folder.Dispose();
    }

    private static async Task<AdminHost> StartAsync(TempDatabase database, bool ownsDatabase, Action<ConfigFolder>? configure, Action<IServiceCollection>? replace)
    {
        var folder = new ConfigFolder().With("config.yaml", "model_list:\n  - model_name: smart\n    litellm_params: { model: openai/gpt-4o, mock_response: hello }\n");
        folder.Set("DATABASE_URL", database.Url).Set("LITELLM_MASTER_KEY", MasterKey);
        configure?.Invoke(folder);
        return new AdminHost(database, ownsDatabase, folder, await ConfiguredGateway.StartAsync(folder, replace: replace));
    }

    private static async Task<JsonElement> AnswerAsync(Task<HttpResponseMessage> sent)
    {
        using var response = await sent;
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, $"{response.RequestMessage!.RequestUri}: {(int)response.StatusCode} {text}");
        using var document = JsonDocument.Parse(text);
        return document.RootElement.Clone();
    }
}
