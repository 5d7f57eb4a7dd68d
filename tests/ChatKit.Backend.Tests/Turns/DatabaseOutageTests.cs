using System.Net;
using ChatKit.Backend.Tests.Hosting;
using ChatKit.ServiceDefaults.Database;
using Xunit;

namespace ChatKit.Backend.Tests.Turns;

public sealed class DatabaseOutageTests
{
    [SkippableTheory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.PostgreSql)]
    public async Task Before_the_stream_it_is_500_without_a_word_of_the_cause(DatabaseKind kind)
    {
        await using var host = await BackendHost.StartAsync(Answers.Saying("ok"), kind);
        await host.Database.ExecuteAsync("ALTER TABLE threads RENAME TO threads_gone");

        foreach (var call in new[] { Calls.Create("Hi"), Calls.Add("thr_x", "Hi"), Calls.Body("threads.list", "{}") })
            Assert.DoesNotContain("threads", await host.RefusedAsync(HttpStatusCode.InternalServerError, call), StringComparison.OrdinalIgnoreCase);
        await host.Database.ExecuteAsync("ALTER TABLE threads_gone RENAME TO threads");

        Assert.NotEmpty(await host.NewThreadAsync());
    }

    [SkippableTheory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.PostgreSql)]
    public async Task Within_the_stream_it_is_an_error_event(DatabaseKind kind)
    {
        var broken = new TaskCompletionSource();
        await using var host = await BackendHost.StartAsync(Answers.Pausing("Once upon", broken.Task), kind);
        using var response = await host.PostAsync(Calls.Create("Hi"));
        var types = new List<string>();
        await foreach (var one in response.EventsAsync())
        {
            types.Add(one.Type());
            if (types.Count != 6)
                continue;
            await host.Database.ExecuteAsync("ALTER TABLE items RENAME TO items_gone");
            broken.SetResult();
        }

        Assert.Equal("error", types[^1]);
        await host.Database.ExecuteAsync("ALTER TABLE items_gone RENAME TO items");
    }
}
