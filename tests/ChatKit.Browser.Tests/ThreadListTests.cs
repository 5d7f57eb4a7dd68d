using System.Globalization;
using ChatKit.Browser.Tests.Browsing;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace ChatKit.Browser.Tests;

public sealed class ThreadListTests(Chromium chromium) : PageTest(chromium)
{
    private ILocator TitleField => Page.GetByRole(AriaRole.Textbox, new() { Name = "Conversation title" });

    [SkippableFact]
    public async Task Renaming_changes_the_list_the_heading_and_the_server()
    {
        var thread = Server.AddThread("Draft").WithExchange("q", "a");
        await Chat.OpenAsync(thread.Id);
        await Expect(Chat.Title).ToHaveTextAsync("Draft");

        await Chat.ChooseAsync("Draft", "Rename");
        await TitleField.FillAsync("Final");
        await TitleField.PressAsync("Enter");

        await Expect(Chat.ThreadLink("Final")).ToBeVisibleAsync();
        await Expect(Chat.Title).ToHaveTextAsync("Final");
        Assert.Equal("Final", thread.Title);
        await Expect(Page.GetByRole(AriaRole.Button, new() { Name = "Options for Final" })).ToBeFocusedAsync();
    }

    [SkippableFact]
    public async Task Escape_leaves_the_title_as_it_was()
    {
        var thread = Server.AddThread("Draft");
        await Chat.OpenAsync();

        await Chat.ChooseAsync("Draft", "Rename");
        await TitleField.FillAsync("Oops");
        await TitleField.PressAsync("Escape");

        await Expect(Chat.ThreadLink("Draft")).ToBeVisibleAsync();
        Assert.Equal("Draft", thread.Title);
    }

    [SkippableFact]
    public async Task A_refused_rename_says_why_and_keeps_the_title()
    {
        ExpectedConsoleError = "422";
        Server.AddThread("Draft");
        Server.WillRefuse("threads.update", 422, "The title is too long.");
        await Chat.OpenAsync();

        await Chat.ChooseAsync("Draft", "Rename");
        await TitleField.FillAsync("Something else");
        await TitleField.PressAsync("Enter");

        await Expect(Chat.Alert).ToContainTextAsync("The title is too long.");
        await Expect(Chat.ThreadLink("Draft")).ToBeVisibleAsync();
    }

    [SkippableFact]
    public async Task Deleting_asks_first_and_then_leaves_the_conversation()
    {
        var thread = Server.AddThread("Secret").WithExchange("q", "a");
        Server.AddThread("Other");
        await Chat.OpenAsync(thread.Id);
        await Expect(Chat.Answers).ToHaveTextAsync("a");

        await Chat.ChooseAsync("Secret", "Delete");
        await Page.GetByRole(AriaRole.Alertdialog).GetByRole(AriaRole.Button, new() { Name = "Cancel" }).ClickAsync();
        await Expect(Chat.ThreadLink("Secret")).ToBeVisibleAsync();
        await Chat.ChooseAsync("Secret", "Delete");
        await Page.GetByRole(AriaRole.Alertdialog).GetByRole(AriaRole.Button, new() { Name = "Delete" }).ClickAsync();

        await Expect(Chat.ThreadLinks).ToHaveTextAsync(["Other"]);
        await Expect(Chat.Answers).ToHaveCountAsync(0);
        await Expect(Chat.Title).ToHaveTextAsync("New chat");
        await Page.ReloadAsync();
        await Expect(Chat.ThreadLinks).ToHaveTextAsync(["Other"]);
    }

    [SkippableFact]
    public async Task Older_threads_come_a_page_at_a_time()
    {
        for (var number = 1; number <= 70; number++)
            Server.AddThread(string.Create(CultureInfo.InvariantCulture, $"Thread {number}"));
        await Chat.OpenAsync();
        var more = Page.GetByRole(AriaRole.Button, new() { Name = "Show more" });

        await Expect(Chat.ThreadLinks).ToHaveCountAsync(30);
        await more.ClickAsync();
        await Expect(Chat.ThreadLinks).ToHaveCountAsync(60);
        await Expect(Chat.ThreadLink("Thread 31")).ToBeFocusedAsync();
        await more.ClickAsync();

        await Expect(Chat.ThreadLinks).ToHaveCountAsync(70);
        await Expect(more).ToHaveCountAsync(0);
    }

    [SkippableFact]
    public async Task Threads_stand_under_the_time_they_began()
    {
        Server.AddThread("Fresh");
        Server.AddThread("Last week", TimeSpan.FromDays(5));
        Server.AddThread("Long ago", TimeSpan.FromDays(400));

        await Chat.OpenAsync();

        var month = TimeProvider.System.GetLocalNow().AddDays(-400).ToString("MMMM yyyy", CultureInfo.InvariantCulture);
        await Expect(Page.GetByRole(AriaRole.Navigation).GetByRole(AriaRole.Heading)).ToHaveTextAsync(["Today", "Previous 7 days", month]);
    }

    [SkippableFact]
    public async Task A_title_that_comes_on_the_stream_shows_at_once()
    {
        var answer = Server.NextAnswer().Say("Hello.");
        await Chat.OpenAsync();
        await Chat.SendAsync("hi there");
        await Expect(Chat.ThreadLink("hi there answering")).ToBeVisibleAsync();

        answer.Title("Greetings");

        await Expect(Chat.Title).ToHaveTextAsync("Greetings");
        answer.End();
        await Expect(Chat.ThreadLink("Greetings")).ToBeVisibleAsync();
    }

    [SkippableFact]
    public async Task A_title_that_comes_after_the_stream_shows_soon()
    {
        await Page.Clock.InstallAsync();
        Server.WillAnswer("Hello.");
        await Chat.OpenAsync();
        await Chat.SendAsync("hi there");
        await Expect(Chat.Answers).ToHaveTextAsync("Hello.");
        await Expect(Chat.Send).ToBeVisibleAsync();

        Server.ThreadOf("hi there").Title = "Greetings";
        await Page.Clock.FastForwardAsync(2000);

        await Expect(Chat.ThreadLink("Greetings")).ToBeVisibleAsync();
        await Expect(Chat.Title).ToHaveTextAsync("Greetings");
    }

    [SkippableFact]
    public async Task A_list_that_cannot_be_loaded_can_be_asked_for_again()
    {
        ExpectedConsoleError = "503";
        Server.AddThread("Mine");
        Server.WillRefuse("threads.list", 503, "Starting up.");
        await Chat.OpenAsync();

        await Expect(Chat.Alert).ToContainTextAsync("could not be loaded");
        await Chat.TryAgain.ClickAsync();

        await Expect(Chat.ThreadLinks).ToHaveTextAsync(["Mine"]);
        await Expect(Chat.Alert).ToHaveCountAsync(0);
    }
}
