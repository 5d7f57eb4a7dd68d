using ChatKit.Browser.Tests.Browsing;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace ChatKit.Browser.Tests;

public sealed class FailureTests(Chromium chromium) : PageTest(chromium)
{
    [SkippableFact]
    public async Task An_error_event_is_shown_and_a_new_answer_takes_its_place()
    {
        Server.NextAnswer().Say("Half an ans").Fail("The model is overloaded.", allowRetry: true);
        Server.WillAnswer("A whole answer.");
        await Chat.OpenAsync();

        await Chat.SendAsync("hi");
        await Expect(Chat.Alert).ToContainTextAsync("The model is overloaded.");
        await Expect(Chat.Answers).ToHaveTextAsync("Half an ans");
        await Chat.TryAgain.ClickAsync();

        await Expect(Chat.Answers).ToHaveTextAsync(["A whole answer."]);
        await Expect(Chat.Alert).ToHaveCountAsync(0);
        await Expect(Chat.Questions).ToHaveCountAsync(1);
        Assert.Equal(["threads.create", "threads.retry_after_item"], Server.TurnTypes);
    }

    [SkippableFact]
    public async Task An_error_that_a_retry_cannot_help_offers_none()
    {
        Server.NextAnswer().Fail("This conversation cannot go on.", allowRetry: false);
        await Chat.OpenAsync();

        await Chat.SendAsync("hi");

        await Expect(Chat.Alert).ToContainTextAsync("cannot go on");
        await Expect(Chat.TryAgain).ToHaveCountAsync(0);
        await Expect(Chat.Send).ToBeVisibleAsync();
    }

    [SkippableFact]
    public async Task A_broken_stream_keeps_what_came_and_offers_a_new_answer()
    {
        ExpectedConsoleError = "net::ERR_";
        var answer = Server.NextAnswer().Say("Half an ans");
        Server.WillAnswer("A whole answer.");
        await Chat.OpenAsync();

        await Chat.SendAsync("hi");
        await Expect(Chat.Answers).ToHaveTextAsync("Half an ans");
        answer.Drop();
        await Expect(Chat.Alert).ToContainTextAsync("connection was lost");
        await Expect(Chat.Answers).ToHaveTextAsync("Half an ans");
        await Expect(Chat.Caret).ToHaveCountAsync(0);
        await Chat.TryAgain.ClickAsync();

        await Expect(Chat.Answers).ToHaveTextAsync(["A whole answer."]);
    }

    [SkippableFact]
    public async Task A_message_that_did_not_reach_the_server_can_be_sent_again()
    {
        ExpectedConsoleError = "net::ERR_";
        await Chat.OpenAsync();
        await Expect(Chat.Model).ToBeVisibleAsync();
        await Page.RouteAsync("**/chatkit", route => route.AbortAsync("connectionrefused"));

        await Chat.SendAsync("hi");
        await Expect(Chat.Alert).ToContainTextAsync("could not be reached");
        await Expect(Page.GetByText("Not sent")).ToBeVisibleAsync();
        await Page.UnrouteAsync("**/chatkit");
        await Chat.TryAgain.ClickAsync();

        await Expect(Chat.Answers).ToHaveTextAsync("All right.");
        await Expect(Chat.Questions).ToHaveTextAsync(["hi"]);
        await Expect(Page.GetByText("Not sent")).ToBeHiddenAsync();
    }

    [SkippableFact]
    public async Task A_refused_message_says_what_the_server_said_and_can_be_edited()
    {
        ExpectedConsoleError = "422";
        Server.WillRefuse("threads.create", 422, "The message is longer than 100 000 characters.");
        await Chat.OpenAsync();

        await Chat.SendAsync("far too long");
        await Expect(Chat.Alert).ToContainTextAsync("longer than 100 000 characters");
        await Expect(Chat.TryAgain).ToHaveCountAsync(0);
        await Page.GetByRole(AriaRole.Button, new() { Name = "Edit message" }).ClickAsync();

        await Expect(Chat.Prompt).ToHaveValueAsync("far too long");
        await Expect(Chat.Prompt).ToBeFocusedAsync();
        await Expect(Chat.Questions).ToHaveCountAsync(0);
    }

    [SkippableFact]
    public async Task Too_many_requests_says_when_to_try_again()
    {
        ExpectedConsoleError = "429";
        Server.WillRefuse("threads.create", 429, "Slow down.", retryAfter: 7);
        await Chat.OpenAsync();

        await Chat.SendAsync("hi");

        await Expect(Chat.Alert).ToContainTextAsync("Try again in 7 s.");
        await Expect(Chat.TryAgain).ToBeVisibleAsync();
    }

    [SkippableFact]
    public async Task A_thread_that_is_gone_says_so_and_leads_to_a_new_chat()
    {
        ExpectedConsoleError = "404";

        await Chat.OpenAsync("thr_gone");
        await Expect(Chat.Alert).ToContainTextAsync("does not exist");
        await Chat.Alert.GetByRole(AriaRole.Button, new() { Name = "New chat" }).ClickAsync();

        await Expect(Page.GetByRole(AriaRole.Heading, new() { Name = "What’s on your mind?" })).ToBeVisibleAsync();
        await Expect(Chat.Prompt).ToBeFocusedAsync();
    }

    [SkippableFact]
    public async Task Losing_the_network_is_said_and_taken_back()
    {
        await Chat.OpenAsync();
        await Expect(Chat.Model).ToBeVisibleAsync();
        await Expect(Page.GetByText("Your conversations will appear here.")).ToBeVisibleAsync();

        await Page.Context.SetOfflineAsync(true);
        await Expect(Page.GetByText("You are offline.")).ToBeVisibleAsync();
        await Page.Context.SetOfflineAsync(false);

        await Expect(Page.GetByText("You are offline.")).ToHaveCountAsync(0);
    }
}
