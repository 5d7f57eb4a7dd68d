using ChatKit.Browser.Tests.Browsing;
using ChatKit.Browser.Tests.Fake;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace ChatKit.Browser.Tests;

public sealed class StoppingTests(Chromium chromium) : PageTest(chromium)
{
    [SkippableFact]
    public async Task Stop_closes_the_stream_and_keeps_what_was_written()
    {
        var answer = await StreamAsync("Once upon");

        await Chat.Stop.ClickAsync();

        await answer.ClientLeft;
        await Expect(Chat.Answers).ToHaveTextAsync("Once upon");
        await Expect(Chat.Caret).ToHaveCountAsync(0);
        await Expect(Chat.Alert).ToHaveCountAsync(0);
        await Expect(Chat.Prompt).ToBeFocusedAsync();
        await Page.ReloadAsync();
        await Expect(Chat.Answers).ToHaveTextAsync("Once upon");
    }

    [SkippableFact]
    public async Task Escape_stops_too()
    {
        var answer = await StreamAsync("Once upon");

        await Page.Keyboard.PressAsync("Escape");

        await answer.ClientLeft;
        await Expect(Chat.Stop).ToBeHiddenAsync();
    }

    [SkippableFact]
    public async Task Escape_that_closes_a_menu_does_not_stop_the_answer()
    {
        Server.AddThread("Older");
        var answer = await StreamAsync("Once upon");

        await Chat.ThreadLink("Older").HoverAsync();
        await Page.GetByRole(Microsoft.Playwright.AriaRole.Button, new() { Name = "Options for Older" }).ClickAsync();
        await Page.Keyboard.PressAsync("Escape");
        await Expect(Page.GetByRole(Microsoft.Playwright.AriaRole.Menu)).ToHaveCountAsync(0);
        answer.Say(" a time").End();

        await Expect(Chat.Answers).ToHaveTextAsync("Once upon a time");
    }

    [SkippableFact]
    public async Task An_answer_goes_on_while_another_conversation_is_read()
    {
        Server.AddThread("Older").WithExchange("question", "old answer");
        var answer = await StreamAsync("Once upon");

        await Chat.ThreadLink("Older").ClickAsync();
        await Expect(Chat.Answers).ToHaveTextAsync("old answer");
        answer.Say(" a time");
        await Page.GoBackAsync();
        await Expect(Chat.Answers).ToHaveTextAsync("Once upon a time");
        await Expect(Chat.Caret).ToBeVisibleAsync();
        answer.End();

        await Expect(Chat.Caret).ToHaveCountAsync(0);
    }

    private async Task<ScriptedAnswer> StreamAsync(string words)
    {
        var answer = Server.NextAnswer().Say(words);
        await Chat.OpenAsync();
        await Chat.SendAsync("Tell me a story");
        await Expect(Chat.Answers).ToHaveTextAsync(words);
        await Expect(Chat.Stop).ToBeVisibleAsync();
        return answer;
    }
}
