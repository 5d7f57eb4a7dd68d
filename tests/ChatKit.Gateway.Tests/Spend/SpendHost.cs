using System.Text.Json;
using ChatKit.Data.Gateway.Spend;
using ChatKit.Gateway.Model;
using ChatKit.Gateway.Model.Facts;
using ChatKit.Gateway.Spend.Journal;
using ChatKit.Gateway.Tests.Hosting;
using ChatKit.ServiceDefaults.Database;
using ChatKit.Testing.Databases;
using ChatKit.Testing.Upstream;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace ChatKit.Gateway.Tests.Spend;

/// <summary>A gateway that keeps its spend in a database, in front of one fake provider that is called as <c>gpt</c> and costs what gpt-4o does.</summary>
internal sealed class SpendHost : IAsyncDisposable
{
    public const string Plain = """{"model":"gpt","messages":[{"role":"user","content":"hi"}]}""";
    public const string Streamed = """{"model":"gpt","messages":[{"role":"user","content":"hi"}],"stream":true}""";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private SpendHost(TempDatabase database, FakeUpstream upstream, GatewayHost gateway, string folder) => (Database, Upstream, Gateway, Folder) = (database, upstream, gateway, folder);

    public TempDatabase Database { get; }

    public FakeUpstream Upstream { get; }

    public GatewayHost Gateway { get; }

    /// <summary>Where the journal lies.</summary>
    public string Folder { get; }

    public static async Task<SpendHost> StartAsync(DatabaseKind kind, SpendSettings? spend = null, Func<FakeUpstream, IEnumerable<Deployment>>? deployments = null)
    {
        var database = await TempDatabase.CreateMigratedAsync(kind);
        var upstream = await FakeUpstream.StartAsync(new OpenAiDialect());
        var folder = Directory.CreateTempSubdirectory("chatkit-spend-").FullName;
        var settings = new GatewaySettings
        {
            MasterKey = new Secret(GatewayHost.MasterKey),
            Retries = 0,
            Spend = (spend ?? SpendSettings.Default) with { WriteInterval = TimeSpan.FromMilliseconds(50) },
        };
        var gateway = await GatewayHost.StartAsync(
            [new("DATABASE_URL", database.Url), new(JournalFolder.Variable, folder)], settings, [.. deployments?.Invoke(upstream) ?? [At(upstream)]]);
        return new SpendHost(database, upstream, gateway, folder);
    }

    public static Deployment At(FakeUpstream upstream, string id = "d1") => GatewayHost.At(upstream, id) with { UpstreamModel = "gpt-4o", GivenFacts = ModelFacts.Unknown };

    /// <summary>A part of the gateway.</summary>
    public T Service<T>()
        where T : notnull => Gateway.Service<T>();

    /// <summary>Sends a call and reads its answer to the end.</summary>
    public async Task<HttpResponseMessage> ChatAsync(string body, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/chat/completions") { Content = new StringContent(body, System.Text.Encoding.UTF8, "application/json") };
        foreach (var (name, value) in headers) request.Headers.Add(name, value);
        var response = await Gateway.Client.SendAsync(request);
        await response.Content.LoadIntoBufferAsync();
        return response;
    }

    /// <summary>The settlements in the order in which they began, once there are so many.</summary>
    public async Task<List<SpendRow>> RowsAsync(int count)
    {
        var since = TimeProvider.System.GetTimestamp();
        while (true)
        {
            await using var database = Database.OpenGateway();
            var rows = await database.SpendLogs.AsNoTracking().OrderBy(row => row.StartTime).ThenBy(row => row.RequestId).ToListAsync();
            if (rows.Count >= count || TimeProvider.System.GetElapsedTime(since) > Patience)
            {
                Assert.Equal(count, rows.Count);
                return rows;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
        }
    }

    /// <summary>The sums, once one of this kind counts so many settlements.</summary>
    public async Task<List<DailySpendRow>> DaysAsync(string kind, long requests)
    {
        var since = TimeProvider.System.GetTimestamp();
        while (true)
        {
            await using var database = Database.OpenGateway();
            var rows = await database.DailySpend.AsNoTracking().Where(row => row.Kind == kind).ToListAsync();
            if (rows.Sum(row => row.Requests) >= requests || TimeProvider.System.GetElapsedTime(since) > Patience)
            {
                Assert.Equal(requests, rows.Sum(row => row.Requests));
                return rows;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
        }
    }

    public async Task<JsonElement> GetAsync(string path)
    {
        using var response = await Gateway.Client.GetAsync(new Uri(path, UriKind.Relative));
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, $"{path}: {(int)response.StatusCode} {text}");
        return JsonDocument.Parse(text).RootElement;
    }

    public async ValueTask DisposeAsync()
    {
        await Gateway.DisposeAsync();
        await Upstream.DisposeAsync();
        await Database.DisposeAsync();
        if (Directory.Exists(Folder)) Directory.Delete(Folder, recursive: true);
    }
}
