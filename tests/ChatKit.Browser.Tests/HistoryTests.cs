using System.Globalization;
using System.Text.RegularExpressions;
using ChatKit.Browser.Tests.Browsing;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace ChatKit.Browser.Tests;

public sealed class HistoryTests(Chromium chromium) : PageTest(chromium)
{
    [SkippableFact]
    public async Task A_reload_shows_the_same_conversation()
    {
        Server.WillAnswer("It is **Paris**.");
        await Chat.OpenAsync();
        await Chat.SendAsync("Capital of France?");
        await Expect(Chat.Answers).ToHaveTextAsync("It is Paris.");

        await Page.ReloadAsync();

        await Expect(Chat.Questions).ToHaveTextAsync("Capital of France?");
        await Expect(Chat.Answers.Locator("strong")).ToHaveTextAsync("Paris");
        await Expect(Chat.Caret).ToHaveCountAsync(0);
    }

    [SkippableFact]
    public async Task Back_and_forward_move_between_conversations()
    {
        Server.AddThread("First").WithExchange("1?", "one");
        Server.AddThread("Second").WithExchange("2?", "two");
        await Chat.OpenAsync();

        await Chat.ThreadLink("First").ClickAsync();
        await Expect(Chat.Answers).ToHaveTextAsync("one");
        await Chat.ThreadLink("Second").ClickAsync();
        await Expect(Chat.Answers).ToHaveTextAsync("two");
        await Page.GoBackAsync();
        await Expect(Chat.Answers).ToHaveTextAsync("one");
        await Expect(Chat.ThreadLink("First")).ToHaveAttributeAsync("aria-current", "page");
        await Page.GoForwardAsync();

        await Expect(Chat.Answers).ToHaveTextAsync("two");
        await Expect(Chat.Title).ToHaveTextAsync("Second");
        await Expect(Page).ToHaveTitleAsync("Second · ChatKit");
    }

    [SkippableFact]
    public async Task New_chat_leaves_the_conversation_and_keeps_each_draft_where_it_was_typed()
    {
        Server.AddThread("First").WithExchange("1?", "one");
        await Chat.OpenAsync();
        await Chat.ThreadLink("First").ClickAsync();
        await Expect(Chat.Answers).ToHaveTextAsync("one");
        await Chat.Prompt.FillAsync("half a thought");

        await Chat.NewChat.ClickAsync();
        await Expect(Chat.Answers).ToHaveCountAsync(0);
        await Expect(Chat.Prompt).ToHaveValueAsync("");
        await Chat.ThreadLink("First").ClickAsync();

        await Expect(Chat.Prompt).ToHaveValueAsync("half a thought");
    }

    [SkippableFact]
    public async Task A_long_thread_opens_at_its_end_and_fetches_what_is_earlier_as_it_comes_near()
    {
        var thread = Server.AddThread("Long");
        for (var number = 1; number <= 120; number++)
            thread.WithExchange($"question {number}", string.Create(CultureInfo.InvariantCulture, $"answer {number}"));

        await Chat.OpenAsync(thread.Id);
        await Expect(Chat.Answers).ToHaveCountAsync(50);
        await Expect(Chat.Answers.Last).ToBeInViewportAsync();
        await Page.Mouse.MoveAsync(700, 300);
        for (var number = 0; number < 40 && await Chat.Questions.First.InnerTextAsync() != "question 1"; number++)
        {
            await Page.Mouse.WheelAsync(0, -3000);
            await Page.WaitForTimeoutAsync(50);
        }

        await Expect(Chat.Answers).ToHaveCountAsync(120);
        await Expect(Chat.Questions.First).ToHaveTextAsync("question 1");
        await Expect(Page.GetByRole(AriaRole.Button, new() { Name = "Show earlier messages" })).ToHaveCountAsync(0);
    }

    [SkippableFact]
    public async Task A_message_that_never_got_an_answer_can_get_one_later()
    {
        Server.NextAnswer().End();
        Server.WillAnswer("Here it is.");
        await Chat.OpenAsync();
        await Chat.SendAsync("Anyone?");
        await Expect(Chat.Send).ToBeVisibleAsync();
        await Expect(Page).ToHaveURLAsync(ChatPage.AtThread());

        await Page.ReloadAsync();
        await Expect(Chat.Alert).ToContainTextAsync("no answer");
        await Chat.TryAgain.ClickAsync();

        await Expect(Chat.Answers).ToHaveTextAsync("Here it is.");
        await Expect(Chat.Alert).ToHaveCountAsync(0);
    }

    [SkippableFact]
    public async Task A_closed_thread_can_be_read_and_says_why_it_takes_no_message()
    {
        var thread = Server.AddThread("Done").WithExchange("q", "a");
        thread.ClosedBecause = "Solved last week.";

        await Chat.OpenAsync(thread.Id);

        await Expect(Chat.Answers).ToHaveTextAsync("a");
        await Expect(Chat.Prompt).ToBeDisabledAsync();
        await Expect(Chat.Prompt).ToHaveAttributeAsync("placeholder", new Regex("Solved last week"));
    }
}
