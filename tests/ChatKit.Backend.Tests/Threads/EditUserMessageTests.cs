using System.Net;
using System.Text.Json;
using ChatKit.Backend.Tests.Hosting;
using Xunit;

namespace ChatKit.Backend.Tests.Threads;

public sealed class EditUserMessageTests
{
    [Fact]
    public async Task Other_words_take_the_place_of_a_message_and_what_came_after_it_is_gone()
    {
        await using var host = await BackendHost.StartAsync(Answers.Saying("Fine."));
        var thread = await host.NewThreadAsync("Frist");
        await host.StreamAsync(Calls.Add(thread, "Second"));
        var first = (await host.ItemsAsync(thread))[0];

        var events = await host.StreamAsync(Edit(thread, first.Id(), "First"));

        Assert.Equal("thread.item.replaced", events[0].Type());
        Assert.Equal((first.Id(), "First"), (events[0].GetProperty("item").Id(), events[0].GetProperty("item").Text()));
        Assert.Equal("stream_options", events[1].Type());
        Assert.Equal(["First", "Fine."], (await host.ItemsAsync(thread)).Select(item => item.Text()));
    }

    [Fact]
    public async Task Only_ones_own_messages_can_be_edited_and_nothing_changes_where_that_is_refused()
    {
        await using var host = await BackendHost.StartAsync(Answers.Saying("Fine."));
        var thread = await host.NewThreadAsync("Hi");
        var items = await host.ItemsAsync(thread);

        await host.RefusedAsync(HttpStatusCode.UnprocessableEntity, Edit(thread, items[1].Id(), "no"));
        await host.RefusedAsync(HttpStatusCode.NotFound, Edit(thread, "msg_gone", "no"));
        await host.RefusedAsync(HttpStatusCode.NotFound, Edit(thread, items[0].Id(), "no"), user: "mallory");
        await host.RefusedAsync(HttpStatusCode.UnprocessableEntity, Edit(thread, items[0].Id(), "  "));
        await host.RefusedAsync(HttpStatusCode.NotFound, Edit(thread, items[0].Id(), "no", """["atc_gone"]"""));

        Assert.Equal(["Hi", "Fine."], (await host.ItemsAsync(thread)).Select(item => item.Text()));
    }

    private static string Edit(string thread, string item, string text, string attachments = "[]")
    {
        var content = $$"""[{"type":"input_text","text":{{JsonSerializer.Serialize(text)}}}]""";
        var input = $$"""{"content":{{content}},"attachments":{{attachments}},"inference_options":{} }""";
        return Calls.Body("threads.edit_user_message", $$"""{"thread_id":"{{thread}}","item_id":"{{item}}","input":{{input}} }""");
    }
}
