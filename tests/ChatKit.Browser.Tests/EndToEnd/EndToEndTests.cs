using ChatKit.Browser.Tests.Browsing;
using ChatKit.Testing.Upstream;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace ChatKit.Browser.Tests.EndToEnd;

/// <summary>Browser, backend, gateway, worker and database together; only the provider is a fake.</summary>
public sealed class EndToEndTests(Chromium chromium, RunningChatKit chatKit) : BrowserTest(chromium), IClassFixture<RunningChatKit>
{
    [SkippableFact]
    public async Task A_message_reaches_the_provider_and_its_answer_streams_back_and_stays()
    {
        Answer("Rain falls where **warm air** rises.", title: "Why it rains");
        await Chat.OpenAsync();
        await Expect(Chat.Model).ToHaveValueAsync("storyteller");

        await Chat.SendAsync("Why does it rain?");
        await Expect(Chat.Answers).ToHaveTextAsync("Rain falls where warm air rises.");
        await Expect(Chat.Caret).ToHaveCountAsync(0);
        await Expect(Chat.ThreadLink("Why it rains")).ToBeVisibleAsync();
        await Page.ReloadAsync();
        await Expect(Chat.Questions).ToHaveTextAsync("Why does it rain?");
        await Expect(Chat.Answers.Locator("strong")).ToHaveTextAsync("warm air");
        await Expect(Chat.Title).ToHaveTextAsync("Why it rains");

        await Chat.ChooseAsync("Why it rains", "Rename");
        await Page.Keyboard.TypeAsync("Weather");
        await Page.Keyboard.PressAsync("Enter");
        await Expect(Chat.Title).ToHaveTextAsync("Weather");
        await Page.ReloadAsync();
        await Chat.ChooseAsync("Weather", "Delete");
        await Page.GetByRole(AriaRole.Alertdialog).GetByRole(AriaRole.Button, new() { Name = "Delete" }).ClickAsync();
        await Expect(Chat.Title).ToHaveTextAsync("New chat");
        await Page.ReloadAsync();
        await Expect(Chat.ThreadLink("Weather")).ToHaveCountAsync(0);
    }

    [SkippableFact]
    public async Task Stop_reaches_the_provider_and_what_was_written_stays()
    {
        chatKit.Provider.Always = Streamed(OpenAiReplies.BrokenStream(3, SseEnd.Silence), title: "Counting");
        await Chat.OpenAsync();

        await Chat.SendAsync("Count slowly.");
        await Expect(Chat.Answers).ToHaveTextAsync("one two three");
        await Chat.Stop.ClickAsync();
        await Expect(Chat.Send).ToBeVisibleAsync();
        await Page.ReloadAsync();

        await Expect(Chat.Answers).ToHaveTextAsync("one two three");
        await Expect(Chat.Alert).ToHaveCountAsync(0);
    }

    [SkippableFact]
    public async Task A_provider_that_fails_is_told_kindly_and_asked_again_on_demand()
    {
        chatKit.Provider.Always = Streamed(OpenAiReplies.Error(500, "secret-internal-detail", "server_error"), title: "Trouble");
        await Chat.OpenAsync();
        await Chat.SendAsync("Hello?");
        await Expect(Chat.Alert).ToBeVisibleAsync();
        await Expect(Chat.Alert).Not.ToContainTextAsync("secret-internal-detail");

        Answer("Here I am.", title: "Trouble");
        await Chat.TryAgain.ClickAsync();

        await Expect(Chat.Answers).ToHaveTextAsync(["Here I am."]);
        await Expect(Chat.Alert).ToHaveCountAsync(0);
    }

    protected override Task<string> StartServerAsync() => chatKit.AddressAsync();

    protected override Task StopServerAsync() => Task.CompletedTask;

    private void Answer(string words, string title) => chatKit.Provider.Always = Streamed(OpenAiReplies.Text(words), title);

    /// <summary>Answers are streamed; the worker, which asks for titles, wants them whole.</summary>
    private static Reply Streamed(Reply answer, string title) => (request, http) =>
        (request.Json.TryGetProperty("stream", out var stream) && stream.GetBoolean() ? answer : OpenAiReplies.Text(title))(request, http);
}
