using ChatKit.Browser.Tests.Browsing;
using ChatKit.Testing.Upstream;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace ChatKit.Browser.Tests.EndToEnd;

/// <summary>A page that loses its connection, or itself, comes back to the answer that goes on meanwhile.</summary>
public sealed class ComingBackTests(Chromium chromium, RunningChatKit chatKit) : BrowserTest(chromium), IClassFixture<RunningChatKit>
{
    private readonly TaskCompletionSource _goOn = new(TaskCreationOptions.RunContinuationsAsynchronously);

    [SkippableFact]
    public async Task A_reload_in_the_middle_of_an_answer_finds_it_again_and_sees_it_end()
    {
        await BeginAsync();

        await Page.ReloadAsync();
        await Expect(Chat.Answers).ToHaveTextAsync("Once upon");
        await Expect(Chat.Stop).ToBeVisibleAsync();
        _goOn.SetResult();

        await Expect(Chat.Answers).ToHaveTextAsync("Once upon a time");
        await Expect(Chat.Caret).ToHaveCountAsync(0);
        await Expect(Chat.Questions).ToHaveCountAsync(1);
        await Expect(Chat.Alert).ToHaveCountAsync(0);
    }

    [SkippableFact]
    public async Task A_second_tab_follows_live()
    {
        await BeginAsync();
        var other = await Page.Context.NewPageAsync();

        await other.GotoAsync(Page.Url);
        await Expect(new ChatPage(other, "").Answers).ToHaveTextAsync("Once upon");
        _goOn.SetResult();

        await Expect(new ChatPage(other, "").Answers).ToHaveTextAsync("Once upon a time");
        await Expect(Chat.Answers).ToHaveTextAsync("Once upon a time");
    }

    [SkippableFact]
    public async Task Stop_after_a_reload_stops_the_answer_for_good()
    {
        await BeginAsync();
        await Page.ReloadAsync();
        await Expect(Chat.Answers).ToHaveTextAsync("Once upon");

        await Chat.Stop.ClickAsync();

        await Expect(Chat.Stop).ToBeHiddenAsync();
        await Page.ReloadAsync();
        await Expect(Chat.Answers).ToHaveTextAsync("Once upon");
        await Expect(Chat.Stop).ToBeHiddenAsync();
        _goOn.SetResult();
    }

    /// <summary>An answer that waits in its middle until the test lets it go on.</summary>
    private async Task BeginAsync()
    {
        var story = OpenAiReplies.Waiting("Once upon a time", words: 2, _goOn.Task);
        chatKit.Provider.Always = (request, http) => (request.Json.TryGetProperty("stream", out var stream) && stream.GetBoolean() ? story : OpenAiReplies.Text("A story"))(request, http);
        await Chat.OpenAsync();
        await Chat.SendAsync("Tell me a story");
        await Expect(Chat.Answers).ToHaveTextAsync("Once upon");
    }

    protected override Task<string> StartServerAsync() => chatKit.AddressAsync();

    protected override Task StopServerAsync() => Task.CompletedTask;
}
