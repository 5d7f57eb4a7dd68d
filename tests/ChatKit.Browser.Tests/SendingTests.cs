using ChatKit.Browser.Tests.Browsing;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace ChatKit.Browser.Tests;

public sealed class SendingTests(Chromium chromium) : PageTest(chromium)
{
    [SkippableFact]
    public async Task An_answer_streams_in_with_a_caret_and_loses_it_when_complete()
    {
        var answer = Server.NextAnswer();
        await Chat.OpenAsync();

        await Chat.SendAsync("How are you?");
        await Expect(Chat.Questions).ToHaveTextAsync("How are you?");
        answer.Say("Fine, ");
        await Expect(Chat.Answers).ToHaveTextAsync("Fine,");
        await Expect(Chat.Caret).ToBeVisibleAsync();
        answer.Say("**thank** you.");
        await Expect(Chat.Answers.Locator("strong")).ToHaveTextAsync("thank");
        answer.End();

        await Expect(Chat.Caret).ToHaveCountAsync(0);
        await Expect(Chat.Answers).ToHaveTextAsync("Fine, thank you.");
        await Expect(Page).ToHaveURLAsync(ChatPage.AtThread());
    }
}
