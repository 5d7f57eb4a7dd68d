using System.Text.Json.Nodes;
using ChatKit.Browser.Tests.Browsing;
using ChatKit.Browser.Tests.Fake;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace ChatKit.Browser.Tests.Items;

public sealed class WidgetTests(Chromium chromium) : PageTest(chromium)
{
    private ILocator Widget => Page.Locator(".widget");

    [SkippableFact]
    public async Task A_form_sends_what_its_controls_hold_with_its_action()
    {
        await OpenAsync(WidgetSamples.Form);
        Server.WillAnswer("Booked.");

        await Widget.GetByRole(AriaRole.Textbox, new() { Name = "Name" }).FillAsync("Grace");
        await Widget.GetByLabel("Wishes").FillAsync("Quiet");
        await Widget.GetByLabel("Window").CheckAsync();
        await Widget.GetByLabel("With lunch").UncheckAsync();
        await Widget.GetByLabel("Day").FillAsync("2026-12-26");
        await Widget.GetByRole(AriaRole.Button, new() { Name = "Book" }).ClickAsync();

        await Expect(Chat.Answers).ToHaveTextAsync("Booked.");
        Assert.Equal(
            """{"type":"book","payload":{"flight":"SK 4670","traveller":{"name":"Grace"},"wishes":"Quiet","class":"eco","day":"2026-12-26","seat":"w","lunch":false,"note":"A note to edit"}}""",
            Server.Last("threads.custom_action")["action"]!.ToJsonString());
    }

    [SkippableFact]
    public async Task A_form_that_lacks_something_is_not_sent()
    {
        await OpenAsync(WidgetSamples.Form);

        await Widget.GetByRole(AriaRole.Textbox, new() { Name = "Name" }).FillAsync("");
        await Widget.GetByRole(AriaRole.Button, new() { Name = "Book" }).ClickAsync();

        await Expect(Widget.GetByRole(AriaRole.Textbox, new() { Name = "Name" })).ToBeFocusedAsync();
        Assert.Empty(Server.TurnTypes);
    }

    [SkippableFact]
    public async Task An_action_that_streams_nothing_is_answered_at_once_and_changes_the_widget()
    {
        var thread = await OpenAsync(WidgetSamples.Form);
        thread.OnAction = item => item["widget"]!["status"]!["text"] = "Business class";

        await Widget.GetByLabel("Name").FillAsync("Grace");
        await Widget.GetByLabel("Class").SelectOptionAsync("Business");

        await Expect(Widget.GetByText("Business class")).ToBeVisibleAsync();
        Assert.Equal("biz", Server.Last("threads.sync_custom_action")["action"]!["payload"]!["class"]!.GetValue<string>());
    }

    [SkippableFact]
    public async Task Streamed_text_grows_in_its_place_and_leaves_a_half_filled_form_as_it_is()
    {
        var answer = Server.NextAnswer();
        await Chat.OpenAsync();
        await Chat.SendAsync("go");
        answer.Begin(WidgetSamples.Widget("""
            {"type":"Card","children":[{"type":"Text","id":"t","value":"","streaming":true},{"type":"Input","name":"x","placeholder":"Your name"},{"type":"Badge","id":"b","label":"one"}]}
            """));
        await Widget.GetByLabel("Your name").FillAsync("Ada");

        answer.Update("wdg_1", """{"type":"widget.streaming_text.value_delta","component_id":"t","delta":"Hello ","done":false}""");
        answer.Update("wdg_1", """{"type":"widget.streaming_text.value_delta","component_id":"t","delta":"there","done":true}""");
        await Expect(Widget.Locator(".w-text")).ToHaveTextAsync("Hello there");
        answer.Update("wdg_1", """{"type":"widget.component.updated","component_id":"b","component":{"type":"Badge","id":"b","label":"two"}}""");
        await Expect(Widget.Locator(".w-badge")).ToHaveTextAsync("two");
        answer.Update("wdg_1", """
            {"type":"widget.root.updated","widget":{"type":"Card","children":[{"type":"Text","id":"t","value":"All new"},{"type":"Input","name":"x","placeholder":"Your name"},{"type":"Caption","value":"The end"}]}}
            """);

        await Expect(Widget.Locator(".w-text")).ToHaveTextAsync("All new");
        await Expect(Widget.Locator(".w-caption")).ToHaveTextAsync("The end");
        await Expect(Widget.GetByLabel("Your name")).ToHaveValueAsync("Ada");
        await Expect(Widget.GetByLabel("Your name")).ToBeFocusedAsync();
    }

    [SkippableFact]
    public async Task A_chart_is_drawn_and_its_figures_can_be_read()
    {
        await OpenAsync(WidgetSamples.Card);

        await Expect(Widget.Locator("svg.w-chart-svg rect")).ToHaveCountAsync(12);
        await Expect(Widget.Locator("svg.w-chart-svg path.line")).ToHaveCountAsync(1);
        var row = Widget.GetByRole(AriaRole.Row, new() { Name = "Sat 510 290 290" });
        await Expect(row).ToBeAttachedAsync();
        await Widget.Locator("svg.w-chart-svg").HoverAsync(new() { Position = new() { X = 30, Y = 60 } });
        await Expect(Widget.Locator(".w-tip strong")).ToHaveTextAsync("Mon");
    }

    [SkippableFact]
    public async Task A_long_list_is_folded_and_its_rows_act_by_mouse_and_keyboard()
    {
        var thread = await OpenAsync(WidgetSamples.List);

        await Expect(Widget.GetByText("Seeds")).ToBeHiddenAsync();
        await Widget.GetByRole(AriaRole.Button, new() { Name = "Show all 3" }).ClickAsync();
        await Expect(Widget.GetByText("Seeds")).ToBeVisibleAsync();
        await Widget.GetByRole(AriaRole.Button, new() { Name = "A lamp" }).FocusAsync();
        await Page.Keyboard.PressAsync("Enter");

        await Expect(Chat.Answers).ToHaveTextAsync("All right.");
        Assert.Equal("""{"type":"track","payload":{"id":2}}""", Server.Last("threads.custom_action")["action"]!.ToJsonString());
        Assert.Equal(thread.Id, Server.Last("threads.custom_action")["thread_id"]!.GetValue<string>());
    }

    [SkippableFact]
    public async Task An_action_for_the_page_is_handled_by_the_page()
    {
        await OpenAsync("""
            {"type":"Basic","children":[{"type":"Button","label":"Use this","onClickAction":{"type":"composer.write","payload":{"text":"A draft"},"handler":"client"}},
             {"type":"Button","label":"Fly","onClickAction":{"type":"fly","handler":"client"}}]}
            """);

        await Widget.GetByRole(AriaRole.Button, new() { Name = "Use this" }).ClickAsync();
        await Expect(Chat.Prompt).ToHaveValueAsync("A draft");
        await Widget.GetByRole(AriaRole.Button, new() { Name = "Fly" }).ClickAsync();

        await Expect(Page.GetByText("nothing for the action “fly”")).ToBeVisibleAsync();
        Assert.Empty(Server.TurnTypes);
    }

    [SkippableFact]
    public async Task While_an_answer_streams_an_action_waits_for_its_turn()
    {
        var answer = Server.NextAnswer().Put(WidgetSamples.Widget("""{"type":"Basic","children":[{"type":"Button","label":"Go","onClickAction":{"type":"go"}}]}""")).Say("And");
        await Chat.OpenAsync();
        await Chat.SendAsync("hi");
        await Expect(Chat.Answers).ToHaveTextAsync("And");

        await Widget.GetByRole(AriaRole.Button, new() { Name = "Go" }).ClickAsync();
        await Expect(Page.GetByText("still answering")).ToBeVisibleAsync();
        answer.End();
        await Expect(Chat.Send).ToBeVisibleAsync();

        Assert.Equal(["threads.create"], Server.TurnTypes);
    }

    /// <summary>What a hostile or broken description may do: be told in its place.</summary>
    public static TheoryData<string> Hostile() =>
    [
        """{"type":"Image","src":"javascript:window.hit=1","alt":"x"}""",
        """{"type":"Image","src":"https://evil.example/pixel.png","alt":"x"}""",
        """{"type":"Image","src":"//evil.example/pixel.png","alt":"x"}""",
        """{"type":"Image","src":"data:text/html,<script>window.hit=1</script>","alt":"x"}""",
        """{"type":"Markdown","value":"<img src=x onerror=window.hit=1> [a](javascript:window.hit=1) ![p](https://evil.example/p.png)"}""",
        """{"type":"Box","background":"url(https://evil.example/b.png)","children":[{"type":"Text","value":"<b>x</b>","color":"red;background:url(//evil.example)"}]}""",
        """{"type":"Box","width":"calc(1px);background-image:url(https://evil.example/c.png)","children":[]}""",
        """{"type":"Button","label":"x","onClickAction":{"type":"__proto__","handler":"client"}}""",
        """{"type":"constructor"}""",
        """{"type":"Chart","data":null,"series":"x","xAxis":7}""",
        """{"type":"Select","name":"s","options":"x"}""",
        """{"type":"Table","children":[{"type":"Table.Row","children":[null,7,"x"]}]}""",
        """{"type":"Icon","name":"<svg onload=window.hit=1>"}""",
        """{"type":"Input","name":"\"><script>window.hit=1</script>","placeholder":"x"}""",
    ];

    [SkippableTheory]
    [MemberData(nameof(Hostile))]
    public async Task A_hostile_component_runs_nothing_fetches_nothing_and_breaks_nothing(string component)
    {
        await OpenAsync($$"""{"type":"Card","children":[{{component}},{"type":"Text","value":"Harmless end"}]}""");

        await Expect(Widget.GetByText("Harmless end")).ToBeVisibleAsync();
        foreach (var button in await Widget.GetByRole(AriaRole.Button).AllAsync()) await button.ClickAsync();
        Assert.False(await Page.EvaluateAsync<bool>("'hit' in window"));
        Assert.Equal(0, await Widget.Locator("script, iframe, img").CountAsync());
        var links = await Widget.Locator("a[href]").EvaluateAllAsync<string[]>("all => all.map(link => new URL(link.href).protocol)");
        Assert.All(links, protocol => Assert.Contains(protocol, new[] { "http:", "https:" }));
    }

    [SkippableFact]
    public async Task A_widget_as_deep_as_the_sea_leaves_the_page_alive()
    {
        var tree = new JsonObject { ["type"] = "Text", ["value"] = "bottom" };
        for (var depth = 0; depth < 28; depth++) tree = new JsonObject { ["type"] = "Box", ["children"] = new JsonArray(tree) };
        await OpenAsync(new JsonObject { ["type"] = "Card", ["children"] = new JsonArray(tree) }.ToJsonString());

        await Expect(Widget.Locator(".widget-unknown")).ToHaveCountAsync(1);
    }

    private async Task<FakeThread> OpenAsync(string widget)
    {
        var thread = Server.AddThread("Widgets").With(WidgetSamples.Widget(widget));
        await Chat.OpenAsync(thread.Id);
        await Expect(Widget).ToBeVisibleAsync();
        return thread;
    }
}
