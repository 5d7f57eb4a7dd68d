using ChatKit.Backend.Tests.Hosting;
using OwnAssistant;
using Xunit;

namespace ChatKit.Backend.Tests.Samples;

/// <summary>The sample of <c>docs/samples/own-assistant</c> does what its README says.</summary>
public sealed class TeaRoomTests : IAsyncLifetime
{
    private BackendHost _host = null!;

    public async Task InitializeAsync() => _host = await BackendHost.StartAsync(new TeaRoom(TimeProvider.System));

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task Advice_has_thoughts_steps_words_a_source_and_a_title()
    {
        var events = await _host.StreamAsync(Calls.Create("Which tea?"));
        var items = await _host.ItemsAsync(events.ThreadId());

        Assert.Equal(["user_message", "workflow", "assistant_message"], items.Select(item => item.Type()));
        Assert.Equal("https://en.wikipedia.org/wiki/Sencha", items[2].GetProperty("content")[0].GetProperty("annotations")[0].GetProperty("source").GetProperty("url").GetString());
        Assert.Contains(events, one => one.Type() == "thread.updated" && one.GetProperty("thread").GetProperty("title").GetString() == "Tea");
    }

    [Fact]
    public async Task A_button_of_the_menu_changes_the_menu()
    {
        var events = await _host.StreamAsync(Calls.Create("The menu, please"));
        var menu = events[^1].GetProperty("item");
        var chosen = await _host.StreamAsync(Calls.Body("threads.custom_action",
            $$$"""{"thread_id":"{{{events.ThreadId()}}}","item_id":"{{{menu.Id()}}}","action":{"type":"choose","payload":{"tea":"Assam"} } }"""));

        Assert.Equal(2, events.Count(one => one.GetRawText().Contains("widget.streaming_text.value_delta", StringComparison.Ordinal)));
        Assert.Equal("thread.item.replaced", chosen[1].Type());
        Assert.Contains("You chose **Assam**", chosen[1].GetRawText(), StringComparison.Ordinal);
        Assert.Equal("One Assam, coming up.", chosen[^1].GetProperty("item").Text());
    }

    [Fact]
    public async Task A_filled_form_goes_on_with_its_answers()
    {
        var events = await _host.StreamAsync(Calls.Create("I want to order"));
        var form = events[^1].GetProperty("item");
        var thanks = await _host.StreamAsync(Calls.Body("threads.add_structured_input",
            $$$"""{"thread_id":"{{{events.ThreadId()}}}","item_id":"{{{form.Id()}}}","input":{"answers":{"tea":{"values":["Sencha"]},"name":{"values":["Ada"]} } } }"""));

        Assert.Contains(events, one => one.Type() == "notice");
        Assert.Equal("Thank you: Sencha, Ada.", thanks[^1].GetProperty("item").Text());
    }

    [Fact]
    public async Task The_page_s_tool_brings_what_the_next_turn_needs()
    {
        var events = await _host.StreamAsync(Calls.Create("Is one near?"));
        var found = await _host.StreamAsync(Calls.Body("threads.add_client_tool_output", $$"""{"thread_id":"{{events.ThreadId()}}","result":"Lyon"}"""));

        Assert.Equal(("client_tool_call", "get_location"), (events[^1].GetProperty("item").Type(), events[^1].GetProperty("item").GetProperty("name").GetString()));
        Assert.Contains("Lyon", found[^1].GetProperty("item").Text(), StringComparison.Ordinal);
    }
}
