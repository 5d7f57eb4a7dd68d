using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;
using System.Text.RegularExpressions;
using ChatKit.Gateway.Spend.Journal;
using ChatKit.ServiceDefaults.Database;
using ChatKit.Testing.Databases;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace ChatKit.Gateway.Tests.Spend;

/// <summary>
/// The gateway's own process, under load, killed (SIGKILL) at random moments and started again: every call whose client had its whole answer is in the log once. The
/// full size, twenty kills, is run with <c>CHATKIT_KILLS=20</c>.
/// </summary>
public sealed partial class KilledGatewayTests
{
    private const string Key = "sk-master-0123456789abcdef";
    private const int Clients = 8;

    private static readonly int Kills = int.TryParse(Environment.GetEnvironmentVariable("CHATKIT_KILLS"), out var asked) ? asked : 3;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private readonly ConcurrentDictionary<string, bool> _answered = new();
    private readonly ConcurrentDictionary<string, bool> _broken = new();

    [SkippableTheory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.PostgreSql)]
    public async Task Rows_are_the_answered_calls_exactly(DatabaseKind kind)
    {
        await using var database = await TempDatabase.CreateMigratedAsync(kind);
        var folder = Directory.CreateTempSubdirectory("chatkit-killed-").FullName;
        var random = new Random(20261123);
        for (var kill = 0; kill < Kills; kill++)
        {
            using var gateway = await StartAsync(folder, database.Url);
            var load = LoadAsync(gateway.Address, kill);
            // By calls, not by the clock: a busy machine answers none in two seconds.
            await AnsweredAsync(_answered.Count + random.Next(20, 200));
            gateway.Kill();
            await load;
        }

        using (await StartAsync(folder, database.Url))
        {
            var rows = await RowsAsync(database);
            Assert.True(_answered.Count >= Kills * 20, $"{_answered.Count} calls are no load");
            Assert.Empty(_answered.Keys.Except(rows));
            // What is there besides was charged, and its client cut off in the last instant.
            Assert.Empty(rows.Except(_answered.Keys).Except(_broken.Keys));
            Assert.Equal(rows.Count, rows.Distinct().Count());
            await using var context = database.OpenGateway();
            Assert.Equal(rows.Count, await context.DailySpend.Where(day => day.Kind == "Global").SumAsync(day => day.Requests));
        }

        Directory.Delete(folder, recursive: true);
    }

    private async Task AnsweredAsync(int count)
    {
        var since = TimeProvider.System.GetTimestamp();
        while (_answered.Count < count && TimeProvider.System.GetElapsedTime(since) < Patience) await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System);
    }

    /// <summary>The ids that clients gave their calls, once every answered one is there.</summary>
    private async Task<List<string>> RowsAsync(TempDatabase database)
    {
        var since = TimeProvider.System.GetTimestamp();
        while (true)
        {
            await using var context = database.OpenGateway();
            var rows = (await context.SpendLogs.AsNoTracking().Select(row => row.RequestId).ToListAsync()).ConvertAll(id => id[..id.IndexOf('~', StringComparison.Ordinal)]);
            if (!_answered.Keys.Except(rows).Any() || TimeProvider.System.GetElapsedTime(since) > Patience) return rows;
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System);
        }
    }

    /// <summary>Clients that call, one call after another, whole answers and streams in turn, until the gateway is gone.</summary>
    private Task LoadAsync(Uri address, int kill) => Task.WhenAll(Enumerable.Range(0, Clients).Select(async client =>
    {
        using var http = new HttpClient(new SocketsHttpHandler()) { BaseAddress = address, Timeout = Patience };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Key);
        for (var i = 0; ; i++)
        {
            var id = $"{kill}-{client}-{i}";
            try
            {
                using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/chat/completions")
                {
                    Content = new StringContent($$"""{"model":"mock","messages":[{"role":"user","content":"hi"}],"stream":{{(i % 2 == 0 ? "true" : "false")}}}""", Encoding.UTF8, "application/json"),
                };
                request.Headers.Add("x-litellm-call-id", id);
                using var response = await http.SendAsync(request);
                var answer = await response.Content.ReadAsStringAsync();
                Assert.True(response.IsSuccessStatusCode, answer);
                _answered[id] = true;
            }
            catch (Exception cut) when (cut is HttpRequestException or IOException or TaskCanceledException)
            {
                _broken[id] = true;
                return;
            }
        }
    }));

    private static async Task<RunningGateway> StartAsync(string folder, string database)
    {
        var config = Path.Combine(folder, "config.yaml");
        await File.WriteAllTextAsync(
            config,
            $$"""
            model_list:
              - model_name: mock
                litellm_params: { model: openai/gpt-4o, api_key: k, mock_response: "Four words of it." }
            general_settings: { master_key: "{{Key}}", proxy_batch_write_at: 0.3 }
            """);
        var start = new ProcessStartInfo("dotnet", Path.Combine(AppContext.BaseDirectory, "ChatKit.Gateway.dll")) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var name in start.Environment.Keys.Except(["PATH", "HOME", "TMPDIR", "DOTNET_ROOT"]).ToList()) start.Environment.Remove(name);
        start.Environment["DATABASE_URL"] = database;
        start.Environment[JournalFolder.Variable] = Path.Combine(folder, "journal");
        start.Environment["ASPNETCORE_URLS"] = "http://127.0.0.1:0";
        start.Environment["CONFIG_FILE_PATH"] = config;
        start.Environment["Logging__LogLevel__Microsoft.Hosting.Lifetime"] = "Information";
        var process = Process.Start(start)!;
        using var patience = new CancellationTokenSource(Patience);
        var said = new List<string>();
        while (await process.StandardOutput.ReadLineAsync(patience.Token) is { } line)
        {
            said.Add(line);
            if (Listening().Match(line) is not { Success: true } address) continue;
            _ = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
            _ = process.StandardError.ReadToEndAsync(CancellationToken.None);
            return new RunningGateway(process, new Uri(address.Value));
        }

        throw new InvalidOperationException($"The gateway did not start.\n{string.Join('\n', said)}\n{await process.StandardError.ReadToEndAsync(patience.Token)}");
    }

    [GeneratedRegex(@"http://127\.0\.0\.1:\d+")]
    private static partial Regex Listening();

    private sealed class RunningGateway(Process process, Uri address) : IDisposable
    {
        public Uri Address => address;

        /// <summary>SIGKILL: nothing of the process runs any more.</summary>
        public void Kill()
        {
            process.Kill();
            process.WaitForExit();
        }

        public void Dispose()
        {
            if (!process.HasExited) Kill();
            process.Dispose();
        }
    }
}
