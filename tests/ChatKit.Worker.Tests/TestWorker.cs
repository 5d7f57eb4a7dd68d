using ChatKit.Testing.Databases;
using ChatKit.Testing.Upstream;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ChatKit.Worker.Tests;

/// <summary>The whole worker in this process, on a test's database and a fake gateway, at a rhythm that does not keep a test waiting.</summary>
internal sealed class TestWorker(IHost host) : IAsyncDisposable
{
    public static readonly WorkerSettings Fast = new(
        Poll: TimeSpan.FromMilliseconds(50),
        MaxAttempts: 3,
        Backoff: WorkerSettings.Exponential(TimeSpan.FromMilliseconds(200), 2, TimeSpan.FromSeconds(1)),
        Heartbeat: TimeSpan.FromSeconds(1),
        Cleanup: TimeSpan.FromHours(1));

    public static async Task<TestWorker> StartAsync(
        TempDatabase database, FakeUpstream gateway, WorkerSettings? settings = null, ILoggerProvider? log = null, params (string Name, string Value)[] variables)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { ContentRootPath = Path.GetTempPath() });
        builder.Configuration.AddInMemoryCollection(Variables(database, gateway).Concat(variables.Select(v => KeyValuePair.Create(v.Name, (string?)v.Value))));
        builder.AddWorker(settings ?? Fast);
        builder.Logging.ClearProviders();
        if (log is not null)
            builder.Logging.AddProvider(log);
        var host = builder.Build();
        try
        {
            await host.StartAsync();
            return new TestWorker(host);
        }
        catch
        {
            host.Dispose();
            throw;
        }
    }

    /// <summary>What a worker needs in its environment.</summary>
    public static IEnumerable<KeyValuePair<string, string?>> Variables(TempDatabase database, FakeUpstream gateway) =>
    [
        new("DATABASE_URL", database.Url),
        new("MODEL_PROVIDER", "litellm"),
        new("MODEL_API_BASE", gateway.Address),
        new("LITELLM_API_KEY", gateway.ApiKey),
    ];

    public Task StopAsync() => host.StopAsync();

    public async ValueTask DisposeAsync()
    {
        await host.StopAsync();
        host.Dispose();
    }
}
