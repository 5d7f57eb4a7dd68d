using System.Text;
using ChatKit.Bench.Scale.Report;
using ChatKit.Data.Chat;
using ChatKit.Data.Migrating;
using ChatKit.ServiceDefaults.Database;
using Microsoft.EntityFrameworkCore;

namespace ChatKit.Bench.Scale.Chat;

/// <summary>A million items in the database: how long the lists take that a page asks for.</summary>
internal sealed class ThreadsMode : IScaleMode
{
    private const int Million = 1_000_000;
    private const int ItemsEach = 50;
    private const int Users = 200;
    private const int Asked = 2000;

    /// <summary>A thread with as many messages as people hardly ever write.</summary>
    private const int Longest = 10_000;

    public string Name => "threads";

    public string What => "a million items: threads.list and items.list, first pages and deep ones";

    public async Task RunAsync(ScaleOptions options)
    {
        var count = options.Count ?? Million;
        var folder = Directory.CreateTempSubdirectory("chatkit-scale-").FullName;
        var report = new StringBuilder();
        try
        {
            IReadOnlyList<string> urls = options.Databases.Count > 0 ? options.Databases : [$"sqlite:///{Path.Combine(folder, "chat.db")}"];
            foreach (var url in urls) report.AppendLine(await MeasureAsync(url, count));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }

        ScaleFile.Write(Name, report.ToString());
    }

    private static async Task<string> MeasureAsync(string url, int count)
    {
        if (!DatabaseTarget.TryParse(url, out var target, out var wrong)) throw new ArgumentException(wrong);
        await SchemaMigrator.MigrateAsync(target);
        await FillAsync(target, count);
        using var backend = await BackendProcess.StartAsync(url, "http://127.0.0.1:9/v1");
        // Every 200th thread is this user's; the long one is the first.
        var mine = count / ItemsEach / Users;
        string[] measures =
        [
            await RowAsync(backend, "threads.list, the newest 30", static _ => """{"type":"threads.list","params":{"limit":30,"order":"desc"}}"""),
            await RowAsync(backend, "threads.list, 30 after one in the middle", number => $$$"""{"type":"threads.list","params":{"limit":30,"order":"desc","after":"thr_{{{(number % (mine / 2)) * Users}}}"}}"""),
            await RowAsync(backend, "items.list, the newest 100", number => $$$"""{"type":"items.list","params":{"thread_id":"thr_{{{(number % (mine / 2)) * Users}}}","limit":100,"order":"desc"}}"""),
            await RowAsync(backend, "items.list, 100 after one in a thread of 10 000", static number => $$$"""{"type":"items.list","params":{"thread_id":"thr_0","limit":100,"order":"desc","after":"msg_0_{{{101 + (number * 37 % (Longest - 101))}}}"}}"""),
        ];
        return $"""
            ## {target.Kind}, {count:N0} items in {count / ItemsEach:N0} threads of {Users} users

            | {Asked:N0} calls each, one at a time over HTTP (bar: p99 30 ms) | p50 | p99 | p99.9 | worst |
            |---|---|---|---|---|
            {string.Join('\n', measures)}

            """;
    }

    private static async Task<string> RowAsync(BackendProcess backend, string name, Func<int, string> body)
    {
        for (var warm = 0; warm < 200; warm++) await AskAsync(backend, body(warm));
        var durations = new Durations();
        for (var number = 0; number < Asked; number++)
        {
            var began = TimeProvider.System.GetTimestamp();
            await AskAsync(backend, body(number));
            durations.Add(TimeProvider.System.GetElapsedTime(began));
        }

        return $"| {name} | {durations} |";
    }

    private static async Task AskAsync(BackendProcess backend, string body)
    {
        using var response = await backend.Client.PostAsync(new Uri("/chatkit", UriKind.Relative), new StringContent(body, Encoding.UTF8, "application/json"));
        var answer = await response.Content.ReadAsStringAsync();
        if (!response.IsSuccessStatusCode || !answer.Contains("\"id\"", StringComparison.Ordinal)) throw new InvalidOperationException($"{(int)response.StatusCode} {answer} to {body}");
    }

    private static async Task FillAsync(DatabaseTarget target, int count)
    {
        await using var database = ChatDatabase.Open(target);
        database.Database.SetCommandTimeout(TimeSpan.FromMinutes(30));
        var threads = count / ItemsEach;
        var now = target.Kind == DatabaseKind.PostgreSql ? "now()" : "'2026-01-01 00:00:00'";
        await SqlAsync($"INSERT INTO threads (id, user_id, created_at, title, status, metadata, updated_at) SELECT 'thr_' || t.i, CASE WHEN t.i % {Users} = 0 THEN 'local' ELSE 'user' || t.i % {Users} END, {At("t.i")}, 'Thread ' || t.i, 'active', '{{}}', {now} FROM {Numbers(threads, "t")}");
        await ItemsAsync(threads, first: 1, last: ItemsEach, where: "t.i > 0");
        await ItemsAsync(threads: 1, first: 1, last: Longest, where: "t.i = 0");
        await SqlAsync("ANALYZE");

        Task ItemsAsync(int threads, int first, int last, string where) => SqlAsync(
            $$$"""
            INSERT INTO items (thread_id, id, sequence, type, hidden, created_at, body)
            SELECT 'thr_' || t.i, 'msg_' || t.i || '_' || n.i, n.i, 'assistant_message', {{{(target.Kind == DatabaseKind.PostgreSql ? "false" : "0")}}}, {{{now}}},
                   '{"type":"assistant_message","id":"msg_' || t.i || '_' || n.i || '","thread_id":"thr_' || t.i || '","created_at":"2026-01-01T00:00:00Z","content":[{"type":"output_text","text":"{{{new string('x', 200)}}}","annotations":[]}]}'
            FROM {{{Numbers(threads, "t")}}} CROSS JOIN {{{Numbers(last, "n", first)}}} WHERE {{{where}}}
            """);

        string At(string number) => target.Kind == DatabaseKind.PostgreSql ? $"now() - {number} * interval '1 minute'" : $"datetime('2026-01-01', '-' || {number} || ' minutes')";

        string Numbers(int length, string name, int start = 0) => target.Kind == DatabaseKind.PostgreSql
            ? $"generate_series({start}, {start + length - 1}) AS {name}(i)"
            : $"(WITH RECURSIVE s(i) AS (SELECT {start} UNION ALL SELECT i + 1 FROM s WHERE i < {start + length - 1}) SELECT i FROM s) AS {name}";

        Task SqlAsync(string sql) => database.Database.ExecuteSqlRawAsync(sql.Replace("{", "{{", StringComparison.Ordinal).Replace("}", "}}", StringComparison.Ordinal));
    }
}
