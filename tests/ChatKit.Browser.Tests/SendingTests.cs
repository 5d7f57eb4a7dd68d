using ChatKit.Browser.Tests.Browsing;
using Microsoft.Playwright;
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

    [SkippableFact]
    public async Task A_second_message_goes_to_the_same_thread()
    {
        Server.WillAnswer("One.");
        Server.WillAnswer("Two.");
        await Chat.OpenAsync();

        await Chat.SendAsync("first");
        await Expect(Chat.Answers).ToHaveTextAsync(["One."]);
        await Chat.SendAsync("second");

        await Expect(Chat.Answers).ToHaveTextAsync(["One.", "Two."]);
        await Expect(Chat.ThreadLinks).ToHaveCountAsync(1);
        Assert.Equal(["threads.create", "threads.add_user_message"], Server.TurnTypes);
    }

    [SkippableFact]
    public async Task Shift_and_enter_start_a_new_line_and_blank_messages_are_not_sent()
    {
        Server.WillAnswer("Seen.");
        await Chat.OpenAsync();

        await Expect(Chat.Send).ToBeDisabledAsync();
        await Chat.SendAsync("   ");
        await Chat.Prompt.FillAsync("");
        await Chat.Prompt.PressSequentiallyAsync("one");
        await Chat.Prompt.PressAsync("Shift+Enter");
        await Chat.Prompt.PressSequentiallyAsync("two");
        await Chat.Send.ClickAsync();

        await Expect(Chat.Answers).ToHaveTextAsync("Seen.");
        Assert.Equal("one\ntwo", await Chat.Questions.Nth(0).EvaluateAsync<string>("bubble => bubble.textContent"));
        Assert.Equal(["threads.create"], Server.TurnTypes);
        await Expect(Chat.Prompt).ToBeFocusedAsync();
    }

    [SkippableFact]
    public async Task An_example_starts_the_conversation()
    {
        Server.WillAnswer("With a padlock.");
        await Chat.OpenAsync();

        await Page.GetByRole(AriaRole.Button, new() { Name = "Explain it simply" }).ClickAsync();

        await Expect(Chat.Questions).ToContainTextAsync("HTTPS");
        await Expect(Chat.Answers).ToHaveTextAsync("With a padlock.");
    }

    [SkippableFact]
    public async Task What_the_server_does_before_it_writes_is_shown_and_goes_away()
    {
        var answer = Server.NextAnswer().Progress("Searching…");
        await Chat.OpenAsync();

        await Chat.SendAsync("Find it");
        await Expect(Page.GetByText("Searching…")).ToBeVisibleAsync();
        answer.Say("Found.").End();

        await Expect(Chat.Answers).ToHaveTextAsync("Found.");
        await Expect(Page.GetByText("Searching…")).ToHaveCountAsync(0);
    }

    [SkippableFact]
    public async Task What_is_typed_while_an_answer_streams_is_kept_and_not_sent()
    {
        var answer = Server.NextAnswer().Say("Wait");
        await Chat.OpenAsync();
        await Chat.SendAsync("go");
        await Expect(Chat.Answers).ToHaveTextAsync("Wait");

        await Chat.SendAsync("too early");
        await Expect(Chat.Prompt).ToHaveValueAsync("too early");
        answer.End();
        await Expect(Chat.Send).ToBeEnabledAsync();

        Assert.Equal(["threads.create"], Server.TurnTypes);
    }
}
