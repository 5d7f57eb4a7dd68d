using System.Net;
using ChatKit.Backend.Access;
using ChatKit.Backend.Tests.Hosting;
using ChatKit.ServiceDefaults.Database;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace ChatKit.Backend.Tests.Access;

/// <summary>Whoever is disabled gets no more, not even of an answer that streams already.</summary>
public sealed class DisabledInStreamTests
{
    [SkippableTheory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.PostgreSql)]
    public async Task A_stream_ends_when_its_person_is_disabled_here_and_what_was_said_is_kept(DatabaseKind kind)
    {
        await using var host = await People.StartAsync(Answers.Pausing("Once upon"), kind);
        var ada = await host.AddAsync("ada@example.com");
        using var root = await host.SignedInAsync();
        using var page = await host.SignedInAsync("ada@example.com");
        using var turn = await page.ChatAsync("threads.create", Input);
        await using var events = turn.EventsAsync().GetAsyncEnumerator();
        while (await events.MoveNextAsync() && !events.Current.IsDelta())
        {
        }

        using (var disabled = await root.SendJsonAsync(HttpMethod.Patch, $"/api/users/{ada}", """{"disabled":true}"""))
            Assert.Equal(HttpStatusCode.OK, disabled.StatusCode);
        Assert.False(await events.MoveNextAsync());

        Assert.Equal(HttpStatusCode.Unauthorized, await page.StatusAsync());
        await host.IdleAsync();
        await using var database = host.Database.Open();
        Assert.Contains("Once upon", (await database.Items.SingleAsync(item => item.Type == "assistant_message")).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stream_ends_when_its_person_is_disabled_on_another_replica()
    {
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var host = await People.StartAsync(Answers.Pausing("Once upon"), time: time);
        await host.AddAsync("ada@example.com");
        using var page = await host.SignedInAsync("ada@example.com");
        using var turn = await page.ChatAsync("threads.create", Input);
        await using (var elsewhere = host.Database.OpenUsers())
            await elsewhere.Users.Where(account => account.Email == "ada@example.com").ExecuteUpdateAsync(account => account.SetProperty(a => a.DisabledAt, time.GetUtcNow().UtcDateTime));

        var rest = turn.AllEventsAsync();
        while (!rest.IsCompleted)
        {
            time.Advance(OpenRequests.Look);
            await Task.WhenAny(rest, Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System));
        }

        Assert.True((await rest)[^1].IsDelta());
    }

    private const string Input = """{"input":{"content":[{"type":"input_text","text":"Hi"}],"attachments":[],"inference_options":{} } }""";
}
