using ChatKit.Browser.Tests.Browsing;
using ChatKit.Browser.Tests.Fake;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace ChatKit.Browser.Tests;

/// <summary>
/// Every state of the page, wide and light, narrow and dark: axe finds nothing serious, and nothing sticks out sideways. With CHATKIT_SCREENSHOTS set, also
/// wide and dark, narrow and light, and a picture of each is kept.
/// </summary>
public sealed partial class PageStatesTests(Chromium chromium) : PageTest(chromium)
{
    private const int Wide = 1280;
    private const int Narrow = 375;

    public static TheoryData<string, int, ColorScheme> States()
    {
        var data = new TheoryData<string, int, ColorScheme>();
        foreach (var state in Ways.Keys)
        {
            data.Add(state, Wide, ColorScheme.Light);
            data.Add(state, Narrow, ColorScheme.Dark);
            if (!Gallery.IsOpen) continue;
            data.Add(state, Wide, ColorScheme.Dark);
            data.Add(state, Narrow, ColorScheme.Light);
        }

        return data;
    }

    private static Dictionary<string, Func<PageStatesTests, Task>> Ways { get; } = new()
    {
        ["empty"] = test => test.OpenNewChatAsync(),
        ["conversation"] = test => test.OpenConversationAsync(),
        ["streaming"] = test => test.StreamAsync(),
        ["waiting"] = test => test.WaitForAnswerAsync(),
        ["failure"] = test => test.FailAsync(),
        ["missing"] = test => test.OpenMissingAsync(),
        ["list"] = test => test.OpenListAsync(),
        ["menu"] = test => test.OpenMenuAsync(),
        ["model"] = test => test.AskForModelAsync(),
        ["confirm"] = test => test.OpenConfirmationAsync(),
        ["form"] = test => test.OpenItemAsync("Book me a flight to Oslo.", "Who is it for?", WidgetSamples.Widget(WidgetSamples.Form)),
        ["card"] = test => test.OpenItemAsync("How were sales?", "Here is the week.", WidgetSamples.Widget(WidgetSamples.Card, copyText: "Sales")),
        ["list-view"] = test => test.OpenItemAsync("Where are my parcels?", "Three are on their way.", WidgetSamples.Widget(WidgetSamples.List)),
        ["workflow"] = test => test.OpenItemAsync("Which ferry is best?", "Take the night ferry.", WidgetSamples.Workflow(expanded: true)),
        ["workflow-live"] = test => test.WorkAsync(),
        ["questions"] = test => test.OpenItemAsync("Plan a trip for me.", "Gladly. Tell me a little more.", WidgetSamples.Questions()),
        ["answers"] = test => test.OpenItemAsync("Plan a trip for me.", "Gladly.", WidgetSamples.AnsweredQuestions()),
        ["tool-call"] = test => test.OpenItemAsync("Open the door.", "One moment.", WidgetSamples.Call("open_door")),
        ["images"] = test => test.OpenImagesAsync(),
        ["sources"] = test => test.OpenSourcesAsync(),
        ["math"] = test => test.OpenMathAsync(),
        ["uploads"] = test => test.AttachAsync(),
        ["attachments"] = test => test.OpenAttachmentsAsync(),
        ["editing"] = test => test.EditAsync(),
        ["search"] = test => test.SearchAsync("large"),
        ["search-none"] = test => test.SearchAsync("zebra"),
        ["notices"] = test => test.NoticeAsync(),
        ["shortcuts"] = test => test.OpenShortcutsAsync(),
        ["tools"] = test => test.OpenToolsAsync(),
        ["thread-menu"] = test => test.OpenThreadMenuAsync(),
        ["closed"] = test => test.OpenClosedAsync(),
        ["account"] = test => test.OpenAccountAsync(),
        ["arabic"] = test => test.OpenArabicAsync(),
        ["long-words"] = test => test.OpenLongWordsAsync(),
        ["offline"] = test => test.GoOfflineAsync(),
    };

    [SkippableTheory]
    [MemberData(nameof(States))]
    public async Task Looks_right_to_axe_and_fits_the_screen(string state, int width, ColorScheme theme)
    {
        await Page.SetViewportSizeAsync(width, width == Wide ? 800 : 720);
        await Page.EmulateMediaAsync(new() { ColorScheme = theme, ReducedMotion = ReducedMotion.Reduce });
        foreach (var title in new[] { "Reading large text files in C#", "A weekend by the sea", "Why the sky is blue, and sunsets are not" })
            Server.AddThread(title).WithExchange("Write a C# method that counts the lines of a huge file which mention a word.", Samples.Rich);
        Server.AddThread("Names for a grey cat", TimeSpan.FromDays(1));
        Server.AddThread("A polite reminder", TimeSpan.FromDays(4));

        await Ways[state](this);

        await Gallery.KeepAsync(Page, state, theme);
        var findings = (await Page.RunAxe()).Violations.Where(violation => violation.Impact is "serious" or "critical");
        Assert.Empty(findings.SelectMany(finding => finding.Nodes.Select(node => $"{finding.Id}: {node.Html} ({node.Any.FirstOrDefault()?.Message})")));
        Assert.Equal(width, await Page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
        Assert.Equal(0, await Page.EvaluateAsync<int>("(s => s.scrollWidth - s.clientWidth)(document.querySelector('#scroller'))"));
    }

    private bool IsNarrow => Page.ViewportSize!.Width == Narrow;

    private async Task OpenNewChatAsync()
    {
        await Chat.OpenAsync();
        await Expect(Page.GetByRole(AriaRole.Heading, new() { Name = "What’s on your mind?" })).ToBeVisibleAsync();
        await Expect(Chat.ThreadLinks).ToHaveCountAsync(5);
    }

    private async Task OpenConversationAsync()
    {
        await OpenNewChatAsync();
        if (IsNarrow) await Page.GetByRole(AriaRole.Button, new() { Name = "Show conversations" }).ClickAsync();
        await Chat.ThreadLink("Reading large text files in C#").ClickAsync();
        await Expect(Chat.Answers.Locator("table")).ToBeVisibleAsync();
    }

    private async Task StreamAsync()
    {
        await OpenNewChatAsync();
        Server.NextAnswer().Say(Samples.Rich[..700]);
        await Chat.SendAsync("Write a C# method that counts the lines of a huge file which mention a word.");
        await Expect(Chat.Caret).ToBeVisibleAsync();
        await Expect(Chat.Stop).ToBeVisibleAsync();
    }

    private async Task WaitForAnswerAsync()
    {
        await OpenNewChatAsync();
        Server.NextAnswer().Progress("Searching the documentation…");
        await Chat.SendAsync("What changed in the last release?");
        await Expect(Page.GetByText("Searching the documentation…")).ToBeVisibleAsync();
    }

    private async Task FailAsync()
    {
        await OpenNewChatAsync();
        Server.NextAnswer().Say("The first step is").Fail("The model is overloaded at the moment.", allowRetry: true);
        await Chat.SendAsync("How do I start?");
        await Expect(Chat.TryAgain).ToBeVisibleAsync();
    }

    private async Task OpenMissingAsync()
    {
        ExpectedConsoleError = "404";
        await Chat.OpenAsync("thr_gone");
        await Expect(Chat.Alert).ToContainTextAsync("does not exist");
    }

    private async Task OpenListAsync()
    {
        await OpenNewChatAsync();
        if (IsNarrow) await Page.GetByRole(AriaRole.Button, new() { Name = "Show conversations" }).ClickAsync();
        await Expect(Chat.ThreadLink("A polite reminder")).ToBeInViewportAsync();
    }

    private async Task OpenMenuAsync()
    {
        await OpenListAsync();
        await Chat.ThreadLink("A weekend by the sea").HoverAsync();
        await Page.GetByRole(AriaRole.Button, new() { Name = "Options for A weekend by the sea" }).ClickAsync();
        await Expect(Page.GetByRole(AriaRole.Menu)).ToBeVisibleAsync();
    }

    private async Task AskForModelAsync()
    {
        await OpenNewChatAsync();
        await Chat.Model.SelectOptionAsync("Other model…");
        await Expect(Page.GetByRole(AriaRole.Dialog)).ToBeVisibleAsync();
    }

    private async Task OpenConfirmationAsync()
    {
        await OpenMenuAsync();
        await Page.GetByRole(AriaRole.Menuitem, new() { Name = "Delete" }).ClickAsync();
        await Expect(Page.GetByRole(AriaRole.Alertdialog)).ToBeVisibleAsync();
    }
}
