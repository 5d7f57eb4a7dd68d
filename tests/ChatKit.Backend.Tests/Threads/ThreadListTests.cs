using System.Net;
using ChatKit.Backend.Tests.Hosting;
using ChatKit.Data.Chat;
using ChatKit.ServiceDefaults.Database;
using Xunit;

namespace ChatKit.Backend.Tests.Threads;

public sealed class ThreadListTests
{
    [SkippableTheory]
    [InlineData(DatabaseKind.Sqlite, "asc")]
    [InlineData(DatabaseKind.Sqlite, "desc")]
    [InlineData(DatabaseKind.PostgreSql, "asc")]
    [InlineData(DatabaseKind.PostgreSql, "desc")]
    public async Task Walking_the_pages_meets_every_thread_once_even_where_many_began_at_one_instant(DatabaseKind kind, string order)
    {
        await using var host = await BackendHost.StartAsync(Answers.Nothing, kind);
        await SeedAsync(host, count: 23, at: i => DateTime.UnixEpoch.AddSeconds(i / 8));

        var met = new List<string>();
        var after = "";
        while (true)
        {
            var page = await host.AskAsync("threads.list", $$"""{"limit":3,"order":"{{order}}"{{after}}}""");
            met.AddRange(page.GetProperty("data").EnumerateArray().Select(thread => thread.Id()));
            if (!page.GetProperty("has_more").GetBoolean())
                break;
            after = $$""","after":"{{page.GetProperty("after").GetString()}}" """;
        }

        Assert.Equal(23, met.Distinct().Count());
        Assert.Equal(23, met.Count);
    }

    [Theory]
    [InlineData("{}", 20)]
    [InlineData("""{"limit":null}""", 20)]
    [InlineData("""{"limit":0}""", 20)]
    [InlineData("""{"limit":"5"}""", 5)]
    [InlineData("""{"limit":9999,"order":"desc"}""", 100)]
    [InlineData("""{"limit":-3}""", 1)]
    public async Task A_limit_is_brought_into_bounds_and_never_refused(string parameters, int expected)
    {
        await using var host = await BackendHost.StartAsync(Answers.Nothing);
        await SeedAsync(host, count: 101, at: i => DateTime.UnixEpoch.AddSeconds(i));

        var page = await host.AskAsync("threads.list", parameters);

        Assert.Equal(expected, page.GetProperty("data").GetArrayLength());
        Assert.True(page.GetProperty("has_more").GetBoolean());
        Assert.Equal(page.GetProperty("data")[expected - 1].Id(), page.GetProperty("after").GetString());
    }

    [Fact]
    public async Task A_cursor_that_is_no_thread_of_mine_is_404()
    {
        await using var host = await BackendHost.StartAsync(Answers.Nothing);
        var hers = await host.NewThreadAsync(user: "mallory");

        await host.RefusedAsync(HttpStatusCode.NotFound, Calls.Body("threads.list", """{"after":"thr_none"}"""));
        await host.RefusedAsync(HttpStatusCode.NotFound, Calls.Body("threads.list", $$"""{"after":"{{hers}}"}"""));
    }

    private static async Task SeedAsync(BackendHost host, int count, Func<int, DateTime> at)
    {
        await using var database = host.Database.Open();
        database.Threads.AddRange(Enumerable.Range(0, count).Select(i => new ThreadRow
        {
            Id = ChatKit.Backend.Protocol.Ids.Thread(),
            UserId = "alice",
            CreatedAt = at(i),
            UpdatedAt = at(i),
            Status = "active",
            Metadata = "{}",
        }));
        await database.SaveChangesAsync();
    }
}
