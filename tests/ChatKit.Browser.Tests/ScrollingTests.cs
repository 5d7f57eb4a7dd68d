using ChatKit.Browser.Tests.Browsing;
using ChatKit.Browser.Tests.Fake;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace ChatKit.Browser.Tests;

public sealed class ScrollingTests(Chromium chromium) : PageTest(chromium)
{
    private const string ToEnd = "(s => s.scrollHeight - s.clientHeight - s.scrollTop)(document.querySelector('#scroller'))";

    private ILocator Jump => Page.GetByRole(AriaRole.Button, new() { Name = "Jump to latest" });

    [SkippableFact]
    public async Task The_end_stays_in_sight_until_the_person_scrolls_up()
    {
        var answer = await StreamAsync(80);
        await Expect(Chat.Caret).ToBeInViewportAsync();
        await Expect(Jump).ToBeHiddenAsync();

        await Page.Mouse.MoveAsync(700, 300);
        await Page.Mouse.WheelAsync(0, -600);
        await Expect(Jump).ToBeVisibleAsync();
        var place = await Page.EvaluateAsync<double>("document.querySelector('#scroller').scrollTop");
        answer.Say(Paragraphs(20, "later"));
        await Expect(Chat.Answers).ToContainTextAsync("later 20");
        Assert.Equal(place, await Page.EvaluateAsync<double>("document.querySelector('#scroller').scrollTop"));

        await Jump.ClickAsync();
        await Expect(Jump).ToBeHiddenAsync();
        answer.Say(Paragraphs(20, "end"));
        await Expect(Chat.Answers).ToContainTextAsync("end 20");

        await Expect(Chat.Caret).ToBeInViewportAsync();
        Assert.InRange(await Page.EvaluateAsync<double>(ToEnd), 0, 1);
    }

    [SkippableFact]
    public async Task Sending_goes_back_to_the_end()
    {
        var answer = await StreamAsync(80);
        answer.End();
        await Expect(Chat.Send).ToBeVisibleAsync();
        await Page.Mouse.MoveAsync(700, 300);
        await Page.Mouse.WheelAsync(0, -2000);
        await Expect(Jump).ToBeVisibleAsync();

        await Chat.SendAsync("and now?");

        await Expect(Chat.Questions.Last).ToBeInViewportAsync();
        await Expect(Chat.Answers.Last).ToHaveTextAsync("All right.");
    }

    private async Task<ScriptedAnswer> StreamAsync(int paragraphs)
    {
        var answer = Server.NextAnswer().Say(Paragraphs(paragraphs, "line"));
        await Chat.OpenAsync();
        await Chat.SendAsync("much text");
        await Expect(Chat.Answers).ToContainTextAsync($"line {paragraphs}");
        return answer;
    }

    private static string Paragraphs(int count, string word) => string.Concat(Enumerable.Range(1, count).Select(number => $"{word} {number}\n\n"));
}
