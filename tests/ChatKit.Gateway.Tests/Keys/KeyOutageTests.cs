using ChatKit.ServiceDefaults.Database;
using ChatKit.Testing.Databases;
using Npgsql;
using Xunit;

namespace ChatKit.Gateway.Tests.Keys;

/// <summary>A PostgreSQL that goes away under the gateway: behind a proxy that a test takes down.</summary>
public sealed class KeyOutageTests : KeyedGatewayTest
{
    [SkippableTheory]
    [InlineData("", "503 no_db_connection")]
    [InlineData("allow_requests_on_db_unavailable: true", "200")]
    public async Task Known_keys_are_served_however_old_and_unknown_ones_as_configured(string setting, string ofUnknown)
    {
        var database = await DatabaseAsync(DatabaseKind.PostgreSql);
        var address = new NpgsqlConnectionStringBuilder(database.Target.ConnectionString);
        var proxy = new SlowProxy(address.Host!, address.Port);
        (address.Host, address.Port, address.Pooling) = ("127.0.0.1", proxy.Port, false);
        var gateway = await StartAsync(address.ConnectionString, $"general_settings: {{ user_api_key_cache_ttl: 0.05, {setting} }}");
        var (known, limited, blocked) = (await gateway.KeyAsync(), await gateway.KeyAsync("""{"models":["smart"]}"""), await gateway.KeyAsync("""{"blocked":true}"""));
        foreach (var key in new[] { known, limited, blocked }) await gateway.ChatAsync(key);

        await proxy.DisposeAsync();
        await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System);

        for (var call = 0; call < 20; call++)
        {
            Assert.Equal("200", await gateway.ChatAsync(known));
            Assert.Equal("403 key_model_access_denied", await gateway.ChatAsync(limited));
            Assert.Equal("401 auth_error", await gateway.ChatAsync(blocked));
        }

        Assert.Equal(ofUnknown, await gateway.ChatAsync("sk-nobody-can-tell-about-it"));
        Assert.Equal("401 auth_error", await gateway.ChatAsync("not-a-key"));
        Assert.Equal("200", await gateway.ChatAsync(KeyedGateway.MasterKey));
        Assert.Equal(503, (await gateway.RefusedAsync(HttpMethod.Post, "/key/generate", KeyedGateway.MasterKey, "{}")).Status);
    }
}
