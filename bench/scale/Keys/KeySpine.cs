using ChatKit.Bench.Scale.Report;
using ChatKit.Gateway;
using ChatKit.Gateway.Keys;
using ChatKit.Gateway.Keys.Lookup;
using ChatKit.Gateway.Model;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ChatKit.Bench.Scale.Keys;

/// <summary>The first stage of the spine by itself, as calls go through it: from the request's headers to the caller.</summary>
internal sealed class KeySpine : IAsyncDisposable
{
    public const string MasterKey = "sk-scale-master-0123456789";

    private readonly WebApplication _app;
    private readonly KeyGate _gate;
    private readonly KeyHolders _holders;
    private readonly GatewaySettings _settings;
    private readonly int _count;

    private KeySpine(WebApplication app, int count)
    {
        (_app, _count) = (app, count);
        (_gate, _holders) = (app.Services.GetRequiredService<KeyGate>(), app.Services.GetRequiredService<KeyHolders>());
        _settings = app.Services.GetRequiredService<SnapshotHolder>().Current.Settings;
    }

    /// <summary>One model that answers by itself; and keys that do not expire from memory while they are measured.</summary>
    public static string Configuration()
    {
        var path = Path.Combine(Path.GetTempPath(), "chatkit-scale.yaml");
        File.WriteAllText(path, "model_list: [{ model_name: demo, litellm_params: { model: openai/demo, api_key: none, mock_response: hi } }]\ngeneral_settings: { user_api_key_cache_ttl: 600 }\n");
        return path;
    }

    public static async Task<KeySpine> StartAsync(string databaseUrl, int count)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Configuration.AddInMemoryCollection([new("DATABASE_URL", databaseUrl), new("LITELLM_MASTER_KEY", MasterKey), new("CONFIG_FILE_PATH", Configuration()), new("urls", "http://127.0.0.1:0")]);
        builder.AddGateway();
        builder.Logging.ClearProviders();
        var app = builder.Build().MapGateway();
        await app.StartAsync();
        return new KeySpine(app, count);
    }

    /// <summary>Keys that nobody has used yet, one after the other.</summary>
    public async Task<Durations> ColdAsync(int calls)
    {
        var durations = new Durations();
        for (var i = 0; i < calls; i++) durations.Add(await CallAsync(Spread(i), expected: true));
        return durations;
    }

    /// <summary>So many different keys that do not exist, all at once; then the same again.</summary>
    public async Task<(int Keys, TimeSpan Took, TimeSpan Again, int StillKnown)> FloodAsync(int keys)
    {
        for (var i = 0; i < 1000; i++) await CallAsync(Spread(i), expected: true);
        // No more at a time than memory for them is kept: a thousand clients that try one after the other.
        var took = await StormAsync(keys);
        var again = await StormAsync(LookupLimits.MostUnknown);
        var known = 0;
        for (var i = 0; i < 1000; i++)
        {
            var search = _holders.FindAsync(KeyHash.Of(KeyTable.KeyOf(Spread(i))));
            if (search.IsCompleted) known++;
            await search;
        }

        return (keys, took, again, known);
    }

    /// <summary>Reads keys into memory; returns what each takes.</summary>
    public async Task<long> WarmUpAsync(int keys)
    {
        var (before, had) = (GC.GetTotalMemory(forceFullCollection: true), _holders.Count);
        await Parallel.ForAsync(0, keys, new ParallelOptions { MaxDegreeOfParallelism = 512 }, async (i, _) => await _holders.FindAsync(KeyHash.Of(KeyTable.KeyOf(i))));
        return (GC.GetTotalMemory(forceFullCollection: true) - before) / Math.Max(1, _holders.Count - had);
    }

    /// <summary>Keys in memory, in no order that a cache of the processor could guess.</summary>
    public async Task<Durations> WarmAsync(int calls)
    {
        var warm = Math.Min(_count, 100_000);
        var durations = new Durations();
        for (var i = 0; i < calls + 20_000; i++)
        {
            var took = await CallAsync((int)(i * 7919L % warm), expected: true);
            if (i >= 20_000) durations.Add(took);
        }

        return durations;
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    /// <summary>Far from each other in any index.</summary>
    private int Spread(int i) => (int)(i * 104_729L % _count);

    private async Task<TimeSpan> StormAsync(int keys)
    {
        var began = TimeProvider.System.GetTimestamp();
        await Parallel.ForAsync(0, keys, new ParallelOptions { MaxDegreeOfParallelism = 1000 }, async (i, _) => await _holders.FindAsync(KeyHash.Of($"sk-nobody-{i}")));
        return TimeProvider.System.GetElapsedTime(began);
    }

    private async Task<TimeSpan> CallAsync(int number, bool expected)
    {
        var http = new DefaultHttpContext();
        http.Request.Path = "/v1/chat/completions";
        http.Request.Headers.Authorization = $"Bearer {KeyTable.KeyOf(number)}";
        var began = TimeProvider.System.GetTimestamp();
        var (caller, _) = await _gate.AdmitAsync(http, _settings);
        var took = TimeProvider.System.GetElapsedTime(began);
        if (caller is not null != expected) throw new InvalidOperationException($"Key {number} was {(expected ? "refused" : "admitted")}.");
        return took;
    }
}
