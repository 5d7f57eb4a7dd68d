using System.Net;
using ChatKit.Backend.Tests.Hosting;
using ChatKit.ServiceDefaults.Database;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace ChatKit.Backend.Tests.Items;

public sealed class FeedbackTests
{
    [SkippableTheory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.PostgreSql)]
    public async Task The_latest_word_counts_and_goes_with_its_item(DatabaseKind kind)
    {
        await using var host = await BackendHost.StartAsync(Answers.Saying("Hello"), kind);
        var thread = await host.NewThreadAsync();
        var items = (await host.ItemsAsync(thread)).Select(item => item.Id()).ToList();

        Assert.Equal("{}", (await host.AskAsync("items.feedback", Feedback(thread, "positive", [.. items]))).GetRawText());
        await host.AskAsync("items.feedback", Feedback(thread, "negative", items[1], items[1]));
        Assert.Equal([(items[0], "positive"), (items[1], "negative")], await StoredAsync(host, items));

        await host.StreamAsync(Calls.Retry(thread, items[0]));
        Assert.Equal([(items[0], "positive")], await StoredAsync(host, items));
        await host.AskAsync("threads.delete", $$"""{"thread_id":"{{thread}}"}""");
        Assert.Empty(await StoredAsync(host, items));
    }

    [Fact]
    public async Task What_is_not_there_or_not_ones_own_is_refused_and_nothing_is_stored()
    {
        await using var host = await BackendHost.StartAsync(Answers.Saying("Hello"));
        var thread = await host.NewThreadAsync();
        var item = (await host.ItemsAsync(thread))[0].Id();

        await host.RefusedAsync(HttpStatusCode.NotFound, Calls.Body("items.feedback", Feedback("thr_none", "positive", item)));
        await host.RefusedAsync(HttpStatusCode.NotFound, Calls.Body("items.feedback", Feedback(thread, "positive", item)), user: "mallory");
        await host.RefusedAsync(HttpStatusCode.NotFound, Calls.Body("items.feedback", Feedback(thread, "positive", item, "msg_none")));
        await host.RefusedAsync(HttpStatusCode.UnprocessableEntity, Calls.Body("items.feedback", Feedback(thread, "splendid", item)));
        await host.RefusedAsync(HttpStatusCode.UnprocessableEntity, Calls.Body("items.feedback", Feedback(thread, "positive")));
        await host.RefusedAsync(
            HttpStatusCode.UnprocessableEntity, Calls.Body("items.feedback", Feedback(thread, "positive", [.. Enumerable.Range(0, 101).Select(i => $"msg_{i}")])));
        Assert.Empty(await StoredAsync(host, [item]));
    }

    private static string Feedback(string thread, string kind, params string[] items) =>
        $$"""{"thread_id":"{{thread}}","item_ids":[{{string.Join(',', items.Select(item => $"\"{item}\""))}}],"kind":"{{kind}}"}""";

    private static async Task<IEnumerable<(string Item, string Kind)>> StoredAsync(BackendHost host, List<string> order)
    {
        await using var database = host.Database.Open();
        var rows = await database.Feedback.AsNoTracking().ToListAsync();
        return [.. rows.OrderBy(row => order.IndexOf(row.ItemId)).Select(row => (row.ItemId, row.Kind))];
    }
}
