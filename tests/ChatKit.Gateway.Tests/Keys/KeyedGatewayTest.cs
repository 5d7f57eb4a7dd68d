using ChatKit.ServiceDefaults.Database;
using ChatKit.Testing.Databases;
using ChatKit.Testing.Upstream;
using Xunit;

namespace ChatKit.Gateway.Tests.Keys;

/// <summary>For tests of keys on both databases: each begins with an empty one.</summary>
public abstract class KeyedGatewayTest : IAsyncLifetime
{
    private readonly List<IAsyncDisposable> _started = [];

    private protected FakeUpstream Upstream { get; private set; } = null!;

    public async Task InitializeAsync() => Upstream = await FakeUpstream.StartAsync(new OpenAiDialect());

    public async Task DisposeAsync()
    {
        _started.Reverse();
        foreach (var started in _started) await started.DisposeAsync();
        await Upstream.DisposeAsync();
    }

    private protected async Task<KeyedGateway> StartAsync(DatabaseKind kind, string settings = "", TimeProvider? time = null) =>
        await StartAsync((await DatabaseAsync(kind)).Url, settings, time);

    private protected async Task<KeyedGateway> StartAsync(string databaseUrl, string settings = "", TimeProvider? time = null)
    {
        var gateway = await KeyedGateway.StartAsync(Upstream, databaseUrl, settings, time);
        _started.Add(gateway);
        return gateway;
    }

    private protected async Task<TempDatabase> DatabaseAsync(DatabaseKind kind)
    {
        var database = await TempDatabase.CreateMigratedAsync(kind);
        _started.Add(database);
        return database;
    }

    private protected T Keep<T>(T resource)
        where T : IAsyncDisposable
    {
        _started.Add(resource);
        return resource;
    }
}
