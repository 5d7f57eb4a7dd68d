using ChatKit.Browser.Tests.Browsing;
using ChatKit.Browser.Tests.Fake;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace ChatKit.Browser.Tests;

public sealed class MarkdownTests(Chromium chromium) : PageTest(chromium)
{
    [SkippableFact]
    public async Task Markdown_looks_the_same_streamed_and_whole()
    {
        var answer = Server.NextAnswer();
        await Chat.OpenAsync();
        await Chat.SendAsync("show me");
        foreach (var piece in Samples.Rich.Chunk(7)) answer.Say(new string(piece));
        await Expect(Chat.Answers).ToContainTextAsync("for the overloads.");
        answer.End();
        await Expect(Chat.Caret).ToHaveCountAsync(0);
        var streamed = await Chat.Answers.InnerHTMLAsync();

        await Page.ReloadAsync();

        await Expect(Chat.Answers).ToContainTextAsync("for the overloads.");
        Assert.Equal(await Chat.Answers.InnerHTMLAsync(), streamed);
        await Expect(Chat.Answers.Locator("ol > li")).ToHaveCountAsync(3);
        await Expect(Chat.Answers.Locator("td.align-right")).ToHaveTextAsync(["6.1 s", "3.2 s"]);
        await Expect(Chat.Answers.GetByRole(AriaRole.Heading, new() { Level = 4 })).ToHaveTextAsync("The method");
    }

    [SkippableFact]
    public async Task Finished_blocks_are_not_touched_while_later_ones_stream()
    {
        var answer = Server.NextAnswer().Say("First paragraph.\n\n```js\nlet settled = 1;\n```\n\nThe last");
        await Chat.OpenAsync();
        await Chat.SendAsync("go");
        await Expect(Chat.Answers.Locator(".block")).ToHaveCountAsync(3);
        await Page.EvaluateAsync("""
            window.touched = 0;
            const observer = new MutationObserver((changes) => { window.touched += changes.length; });
            for (const block of [...document.querySelectorAll(".block")].slice(0, 2))
              observer.observe(block, { subtree: true, childList: true, characterData: true, attributes: true });
            """);

        answer.Say(" one grows.\n\n- and\n- a list");
        await Expect(Chat.Answers.Locator("li")).ToHaveCountAsync(2);
        answer.End();
        await Expect(Chat.Caret).ToHaveCountAsync(0);

        Assert.Equal(0, await Page.EvaluateAsync<int>("window.touched"));
    }

    [SkippableFact]
    public async Task Code_is_coloured_and_can_be_copied()
    {
        await Page.Context.GrantPermissionsAsync(["clipboard-read", "clipboard-write"]);
        Server.WillAnswer("```csharp\nvar answer = 42;\n```");
        await Chat.OpenAsync();
        await Chat.SendAsync("code");

        await Expect(Chat.Answers.Locator(".hljs-keyword")).ToHaveTextAsync("var");
        await Expect(Chat.Answers.Locator(".hljs-number")).ToHaveTextAsync("42");
        await Page.GetByRole(AriaRole.Button, new() { Name = "Copy code" }).ClickAsync();

        await Expect(Chat.Answers.GetByText("Copied")).ToBeVisibleAsync();
        Assert.Equal("var answer = 42;\n", await Page.EvaluateAsync<string>("navigator.clipboard.readText()"));
    }

    [SkippableFact]
    public async Task An_answer_can_be_copied_as_it_was_written()
    {
        await Page.Context.GrantPermissionsAsync(["clipboard-read", "clipboard-write"]);
        Server.WillAnswer("It is **bold**.");
        await Chat.OpenAsync();
        await Chat.SendAsync("go");

        await Page.GetByRole(AriaRole.Button, new() { Name = "Copy answer" }).ClickAsync();

        await Expect(Chat.Announcer).ToHaveTextAsync("Copied");
        Assert.Equal("It is **bold**.", await Page.EvaluateAsync<string>("navigator.clipboard.readText()"));
    }

    [SkippableFact]
    public async Task A_link_whose_definition_comes_last_works_in_the_end()
    {
        var answer = Server.NextAnswer().Say("See [the site][1].\n\nMore text.\n\n");
        await Chat.OpenAsync();
        await Chat.SendAsync("go");
        await Expect(Chat.Answers.Locator(".block")).ToHaveCountAsync(2);

        answer.Say("[1]: https://example.org/page\n").End();

        var link = Chat.Answers.GetByRole(AriaRole.Link, new() { Name = "the site" });
        await Expect(link).ToHaveAttributeAsync("href", "https://example.org/page");
        await Expect(link).ToHaveAttributeAsync("rel", "noopener noreferrer");
    }
}
