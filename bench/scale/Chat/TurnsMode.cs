using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using ChatKit.Bench.Scale.Report;
using ChatKit.Data.Migrating;
using ChatKit.ServiceDefaults.Database;

namespace ChatKit.Bench.Scale.Chat;

/// <summary>Many answers streaming at once through one backend process: whether any event is lost or comes in the wrong place, how long each takes, what a turn weighs.</summary>
internal sealed class TurnsMode : IScaleMode
{
    private const int FiveHundred = 500;

    public string Name => "turns";

    public string What => "500 turns streaming at once at 50 tokens a second: events lost, delay added, memory";

    public async Task RunAsync(ScaleOptions options)
    {
        var count = options.Count ?? FiveHundred;
        var folder = Directory.CreateTempSubdirectory("chatkit-scale-").FullName;
        var report = new StringBuilder();
        try
        {
            IReadOnlyList<string> urls = options.Databases.Count > 0 ? options.Databases : [$"sqlite:///{Path.Combine(folder, "chat.db")}"];
            foreach (var url in urls)
            {
                if (!DatabaseTarget.TryParse(url, out var target, out var wrong)) throw new ArgumentException(wrong);
                await SchemaMigrator.MigrateAsync(target);
                foreach (var resumable in (bool[])[false, true]) report.AppendLine(await MeasureAsync(target.Kind, url, count, resumable));
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }

        ScaleFile.Write(Name, report.ToString());
    }

    private static async Task<string> MeasureAsync(DatabaseKind kind, string url, int count, bool resumable)
    {
        await using var provider = await SteadyProvider.StartAsync();
        using var backend = await BackendProcess.StartAsync(url, provider.ApiBase);
        // The code is compiled and the pools are filled before anything counts.
        await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => TurnAsync(backend.Client, resumable)));
        var idle = backend.ResidentBytes;
        var (peak, processor, began) = (idle, backend.ProcessorTime, Stopwatch.GetTimestamp());
        var turns = Enumerable.Range(0, count).Select(async number =>
        {
            // Not all in one moment: people do not begin so, and their tokens then fall all over the 20 ms.
            await Task.Delay(TimeSpan.FromMilliseconds(number * 2.0), TimeProvider.System);
            return await TurnAsync(backend.Client, resumable);
        }).ToList();
        while (!turns.TrueForAll(static turn => turn.IsCompleted))
        {
            peak = Math.Max(peak, backend.ResidentBytes);
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System);
        }

        var results = await Task.WhenAll(turns);
        var took = Stopwatch.GetElapsedTime(began);
        var delays = new Durations();
        foreach (var delay in results.SelectMany(static turn => turn.Delays)) delays.Add(delay);
        var wrong = results.Count(static turn => turn.Delays.Count != SteadyProvider.Tokens || turn.IsOutOfOrder);
        return string.Create(CultureInfo.InvariantCulture,
            $"""
            ## {kind}, {count} {(resumable ? "resumable" : "plain")} turns of {SteadyProvider.Tokens} tokens

            | measure | p50 | p99 | p99.9 | worst |
            |---|---|---|---|---|
            | from the provider's sending a token to the client's having it ({delays.Count:N0} events; bar: p99 25 ms) | {delays} |

            Turns with an event lost, doubled or out of place: {wrong}. Memory: {(peak - idle) / 1024.0 / count:0} KB a turn over idle (bar: 150). Processor of the backend: {(backend.ProcessorTime - processor) / took:0.00} of one
            core while it lasted; provider and clients ran on the same cores.

            """);
    }

    private static async Task<Turn> TurnAsync(HttpClient client, bool resumable)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/chatkit")
        {
            Content = new StringContent(
                """{"type":"threads.create","params":{"input":{"content":[{"type":"input_text","text":"Count."}],"attachments":[],"inference_options":{"model":"demo"}}}}""", Encoding.UTF8, "application/json"),
        };
        if (resumable) request.Headers.Add("X-ChatKit-Resumable", "1");
        using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        response.EnsureSuccessStatusCode();
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync());
        var turn = new Turn();
        while (await reader.ReadLineAsync() is { } line)
        {
            if (line.StartsWith("data: ", StringComparison.Ordinal) && line.Contains("text_delta", StringComparison.Ordinal)) turn.Take(line.AsMemory(6), Stopwatch.GetTimestamp());
        }

        return turn;
    }

    /// <summary>What one client got.</summary>
    private sealed class Turn
    {
        public List<TimeSpan> Delays { get; } = new(SteadyProvider.Tokens);

        public bool IsOutOfOrder { get; private set; }

        public void Take(ReadOnlyMemory<char> json, long now)
        {
            using var document = JsonDocument.Parse(json);
            foreach (var token in document.RootElement.GetProperty("update").GetProperty("delta").GetString()!.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            {
                var parts = token.Split(':');
                IsOutOfOrder |= int.Parse(parts[1], CultureInfo.InvariantCulture) != Delays.Count;
                Delays.Add(Stopwatch.GetElapsedTime(long.Parse(parts[0], CultureInfo.InvariantCulture), now));
            }
        }
    }
}
