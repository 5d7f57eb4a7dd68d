using System.Text.Json.Nodes;
using ChatKit.Browser.Tests.Browsing;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace ChatKit.Browser.Tests;

/// <summary>Search, tools, shortcuts, and who is signed in.</summary>
public sealed class FindingTests(Chromium chromium) : PageTest(chromium)
{
    private ILocator Search => Page.GetByRole(AriaRole.Searchbox, new() { Name = "Search conversations" });

    [SkippableFact]
    public async Task Conversations_are_found_by_their_words_with_the_keyboard_alone()
    {
        Server.AddThread("Cats").WithExchange("What is a lynx?", "A wild cat.");
        Server.AddThread("Dogs").WithExchange("What is a fox?", "A wild dog.");
        await Chat.OpenAsync();
        await Expect(Chat.ThreadLinks).ToHaveCountAsync(2);

        await Page.Keyboard.PressAsync("Control+k");
        await Page.Keyboard.TypeAsync("lynx");
        await Expect(Page.Locator(".found-title")).ToHaveTextAsync("Cats");
        await Expect(Page.Locator(".found mark")).ToHaveTextAsync("lynx");
        await Expect(Chat.Announcer).ToHaveTextAsync("1 conversation found");
        await Page.Keyboard.PressAsync("ArrowDown");
        await Page.Keyboard.PressAsync("Enter");
        await Expect(Chat.Answers).ToHaveTextAsync("A wild cat.");
        await Search.PressAsync("Escape");

        await Expect(Chat.ThreadLinks).ToHaveTextAsync(["Cats", "Dogs"]);
        await Expect(Search).ToHaveValueAsync("");
    }

    [SkippableFact]
    public async Task Nothing_found_is_said()
    {
        Server.AddThread("Cats");
        await Chat.OpenAsync();

        await Search.FillAsync("zebra");

        await Expect(Page.GetByText("Nothing found for “zebra”.")).ToBeVisibleAsync();
    }

    [SkippableFact]
    public async Task A_tool_is_chosen_for_one_message()
    {
        Server.Tools.Add(new JsonObject { ["id"] = "calculator", ["name"] = "Calculator", ["description"] = "Exact arithmetic" });
        await Chat.OpenAsync();

        await Page.GetByRole(AriaRole.Button, new() { Name = "Tools" }).ClickAsync();
        await Page.GetByRole(AriaRole.Menuitemradio, new() { Name = "Calculator" }).ClickAsync();
        await Expect(Page.GetByRole(AriaRole.Button, new() { Name = "Tool: Calculator" })).ToBeVisibleAsync();
        await Chat.SendAsync("2 + 2");
        await Expect(Chat.Answers).ToHaveCountAsync(1);
        await Chat.SendAsync("And now?");
        await Expect(Chat.Answers).ToHaveCountAsync(2);

        Assert.Equal("calculator", Server.Last("threads.create")["input"]!["inference_options"]!["tool_choice"]!["id"]!.GetValue<string>());
        Assert.Null(Server.Last("threads.add_user_message")["input"]!["inference_options"]!["tool_choice"]);
    }

    [SkippableFact]
    public async Task Without_tools_there_is_nothing_to_pick()
    {
        await Chat.OpenAsync();
        await Expect(Chat.Model).ToBeVisibleAsync();

        await Expect(Page.Locator("#tool")).ToBeHiddenAsync();
    }

    [SkippableFact]
    public async Task Shortcuts_work_outside_of_fields_and_are_explained()
    {
        Server.AddThread("Older").WithExchange("q", "old answer");
        await Chat.OpenAsync();
        await Chat.ThreadLink("Older").ClickAsync();
        await Expect(Chat.Answers).ToHaveTextAsync("old answer");

        await Chat.Prompt.PressSequentiallyAsync("?/");
        await Expect(Chat.Prompt).ToHaveValueAsync("?/");
        await Page.GetByRole(AriaRole.Heading, new() { Level = 1 }).ClickAsync();
        await Page.Keyboard.PressAsync("?");
        var help = Page.GetByRole(AriaRole.Dialog, new() { Name = "Keyboard shortcuts" });
        await Expect(help).ToContainTextAsync("Search conversations");
        await Page.Keyboard.PressAsync("Escape");
        await Expect(help).ToHaveCountAsync(0);
        await Page.Keyboard.PressAsync("/");
        await Expect(Chat.Prompt).ToBeFocusedAsync();
        await Page.Keyboard.PressAsync("Control+Shift+S");
        await Expect(Page.GetByRole(AriaRole.Navigation)).ToHaveCountAsync(0);
        await Page.Keyboard.PressAsync("Control+Shift+O");

        await Expect(Chat.Title).ToHaveTextAsync("New chat");
    }

    [SkippableFact]
    public async Task Who_is_signed_in_is_shown_and_can_leave()
    {
        Server.Session = Ada;
        await Chat.OpenAsync();
        await Expect(Page.GetByText("ada@example.org")).ToBeVisibleAsync();

        await Page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();

        await Expect(Page.GetByText("The sign-in page.")).ToBeVisibleAsync();
        Assert.True(Server.SignedOut);
    }

    [SkippableFact]
    public async Task Whoever_is_signed_out_meanwhile_is_led_to_the_sign_in_page_and_back()
    {
        ExpectedConsoleError = "Failed to load resource";
        Server.Session = Ada;
        var thread = Server.AddThread("Mine").WithExchange("q", "a");
        await Chat.OpenAsync(thread.Id);
        await Expect(Chat.Answers).ToHaveTextAsync("a");
        Server.WillRefuse("threads.add_user_message", 401, "Sign in.");

        await Chat.SendAsync("hi");

        await Expect(Page.GetByText("The sign-in page.")).ToBeVisibleAsync();
        Assert.EndsWith($"/sign-in?return=%2F%23%2Ft%2F{thread.Id}", Page.Url, StringComparison.Ordinal);
    }

    private static JsonObject Ada => JsonNode.Parse("""{"user":{"id":"u","name":"ada@example.org"},"sign_in":"/sign-in"}""")!.AsObject();
}
