using ChatKit.Browser.Tests.Browsing;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace ChatKit.Browser.Tests;

public sealed class ScreenReaderTests(Chromium chromium) : PageTest(chromium)
{
    [SkippableFact]
    public async Task An_answer_is_announced_once_when_it_is_complete()
    {
        var answer = Server.NextAnswer();
        await Chat.OpenAsync();
        await Page.EvaluateAsync("""
            window.spoken = [];
            new MutationObserver(() => {
              const words = document.querySelector("#announcer").textContent;
              if (words) window.spoken.push(words);
            }).observe(document.querySelector("#announcer"), { childList: true });
            """);

        await Chat.SendAsync("hi");
        answer.Say("Hello, ");
        await Expect(Chat.Answers).ToHaveTextAsync("Hello,");
        await Expect(Page.Locator("article.assistant")).ToHaveAttributeAsync("aria-busy", "true");
        answer.Say("**friend**.").End();

        await Expect(Chat.Announcer).ToHaveTextAsync("Answer: Hello, friend.");
        await Expect(Page.Locator("article.assistant")).ToHaveAttributeAsync("aria-busy", "false");
        Assert.Equal(["Answering…", "Answer: Hello, friend."], await Page.EvaluateAsync<string[]>("window.spoken"));
    }

    [SkippableFact]
    public async Task Landmarks_and_headings_tell_who_speaks()
    {
        Server.AddThread("Talk").WithExchange("Ping?", "Pong.");
        await Chat.OpenAsync();
        await Chat.ThreadLink("Talk").ClickAsync();

        await Expect(Page.GetByRole(AriaRole.Navigation, new() { Name = "Conversations" })).ToBeVisibleAsync();
        var main = Page.GetByRole(AriaRole.Main);
        await Expect(main.GetByRole(AriaRole.Article)).ToHaveCountAsync(2);
        await Expect(main.GetByRole(AriaRole.Heading)).ToHaveTextAsync(["Talk", "You said", "Assistant"]);
        await Expect(Chat.Announcer).ToHaveTextAsync("Opened Talk");
    }
}
