using System.Text.Json.Nodes;
using ChatKit.Browser.Tests.Browsing;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace ChatKit.Browser.Tests;

/// <summary>What can be done with what was said: edit, answer again, judge, quote, export.</summary>
public sealed class ConversationActionsTests(Chromium chromium) : PageTest(chromium)
{
    private ILocator Edited => Page.GetByLabel("Edited message");

    [SkippableFact]
    public async Task A_message_is_edited_and_answered_anew()
    {
        var thread = Server.AddThread("Talk").WithExchange("Waht?", "Pardon?");
        Server.WillAnswer("That.");
        await Chat.OpenAsync(thread.Id);

        await Chat.Questions.HoverAsync();
        await Page.GetByRole(AriaRole.Button, new() { Name = "Edit message" }).ClickAsync();
        await Edited.FillAsync("What?");
        await Edited.PressAsync("Enter");

        await Expect(Chat.Answers).ToHaveTextAsync(["That."]);
        await Expect(Chat.Questions).ToHaveTextAsync(["What?"]);
        await Page.ReloadAsync();
        await Expect(Chat.Questions).ToHaveTextAsync(["What?"]);
    }

    [SkippableFact]
    public async Task Editing_can_be_left_by_escape_and_begun_by_the_arrow_up()
    {
        var thread = Server.AddThread("Talk").WithExchange("First", "One").WithExchange("Second", "Two");
        await Chat.OpenAsync(thread.Id);
        await Expect(Chat.Answers).ToHaveCountAsync(2);

        await Chat.Prompt.PressAsync("ArrowUp");
        await Expect(Edited).ToHaveValueAsync("Second");
        await Expect(Edited).ToBeFocusedAsync();
        await Page.Keyboard.PressAsync("Escape");

        await Expect(Edited).ToHaveCountAsync(0);
        await Expect(Chat.Questions).ToHaveTextAsync(["First", "Second"]);
        Assert.Empty(Server.TurnTypes);
    }

    [SkippableFact]
    public async Task What_would_be_forgotten_is_asked_about_first()
    {
        var thread = Server.AddThread("Talk").WithExchange("First", "One").WithExchange("Second", "Two");
        Server.WillAnswer("Uno.");
        await Chat.OpenAsync(thread.Id);

        await Chat.Answers.First.HoverAsync();
        await Page.GetByRole(AriaRole.Button, new() { Name = "Answer again" }).First.ClickAsync();
        await Expect(Page.GetByRole(AriaRole.Alertdialog)).ToContainTextAsync("2 later messages");
        await Page.GetByRole(AriaRole.Button, new() { Name = "Forget and answer" }).ClickAsync();

        await Expect(Chat.Answers).ToHaveTextAsync(["Uno."]);
        await Expect(Chat.Questions).ToHaveTextAsync(["First"]);
    }

    [SkippableFact]
    public async Task A_thumb_is_sent_shown_and_taken_back_where_it_could_not_be_stored()
    {
        ExpectedConsoleError = "503";
        var thread = Server.AddThread("Talk").WithExchange("Hi", "Hello");
        await Chat.OpenAsync(thread.Id);
        var (up, down) = (Page.GetByRole(AriaRole.Button, new() { Name = "Good answer" }), Page.GetByRole(AriaRole.Button, new() { Name = "Bad answer" }));

        await up.ClickAsync();
        await Expect(up).ToHaveAttributeAsync("aria-pressed", "true");
        Assert.Equal("positive", Server.Last("items.feedback")["kind"]!.GetValue<string>());
        Server.WillRefuse("items.feedback", 503, "Not now.");
        await down.ClickAsync();
        await Expect(Page.GetByText("Your feedback was not stored. Not now.")).ToBeVisibleAsync();

        await Expect(up).ToHaveAttributeAsync("aria-pressed", "true");
        await Expect(down).ToHaveAttributeAsync("aria-pressed", "false");
    }

    [SkippableFact]
    public async Task Words_of_an_answer_can_be_quoted()
    {
        var thread = Server.AddThread("Talk").WithExchange("Hi", "A remarkable word.");
        await Chat.OpenAsync(thread.Id);

        await Chat.Answers.GetByText("A remarkable word.").DblClickAsync(new() { Position = new() { X = 40, Y = 10 } });
        await Page.GetByRole(AriaRole.Button, new() { Name = "Quote", Exact = true }).ClickAsync();
        await Expect(Page.Locator("#quote")).ToContainTextAsync("remarkable");
        await Chat.SendAsync("Why so?");
        await Expect(Chat.Answers).ToHaveCountAsync(2);

        Assert.Equal("remarkable", Server.Last("threads.add_user_message")["input"]!["quoted_text"]!.GetValue<string>());
        await Expect(Page.Locator("#quote")).ToBeHiddenAsync();
    }

    [SkippableFact]
    public async Task A_conversation_is_exported_whole_as_Markdown_and_as_JSON()
    {
        var thread = Server.AddThread("Sums: 1/2");
        for (var number = 0; number < 120; number++) thread.WithExchange($"Question {number}", $"Answer **{number}**");
        await Chat.OpenAsync(thread.Id);
        await Expect(Chat.Answers.Last).ToHaveTextAsync("Answer 119");

        var markdown = await DownloadAsync("Export as Markdown");
        var json = await DownloadAsync("Export as JSON");

        Assert.Equal("Sums 1 2.md", markdown.Name);
        Assert.StartsWith("# Sums: 1/2\n", markdown.Content, StringComparison.Ordinal);
        Assert.Contains("## You said\n\nQuestion 0\n\n## Assistant\n\nAnswer **0**", markdown.Content, StringComparison.Ordinal);
        Assert.Equal("Sums 1 2.json", json.Name);
        Assert.Equal(240, JsonNode.Parse(json.Content)!["items"]!["data"]!.AsArray().Count);
    }

    private async Task<(string Name, string Content)> DownloadAsync(string entry)
    {
        var download = await Page.RunAndWaitForDownloadAsync(async () =>
        {
            await Page.GetByRole(AriaRole.Button, new() { Name = "Conversation options" }).ClickAsync();
            await Page.GetByRole(AriaRole.Menuitem, new() { Name = entry }).ClickAsync();
        });
        return (download.SuggestedFilename, await File.ReadAllTextAsync(await download.PathAsync()));
    }
}
