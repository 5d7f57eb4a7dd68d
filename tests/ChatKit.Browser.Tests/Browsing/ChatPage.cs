using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace ChatKit.Browser.Tests.Browsing;

/// <summary>The chat page as a person meets it: controls are found by their role and name, so that a test passes only where a screen reader would.</summary>
public sealed partial class ChatPage(IPage page, string address)
{
    public IPage Page => page;

    public ILocator Prompt => page.GetByRole(AriaRole.Textbox, new() { Name = "Message", Exact = true });

    public ILocator Send => page.GetByRole(AriaRole.Button, new() { Name = "Send", Exact = true });

    public ILocator Stop => page.GetByRole(AriaRole.Button, new() { Name = "Stop answering" });

    public ILocator NewChat => page.GetByRole(AriaRole.Navigation).GetByRole(AriaRole.Link, new() { Name = "New chat" });

    public ILocator Model => page.GetByLabel("Model", new() { Exact = true });

    public ILocator Questions => page.Locator("article.user .bubble");

    public ILocator Answers => page.Locator("article.assistant .markdown");

    public ILocator Caret => page.Locator(".caret");

    public ILocator Alert => page.GetByRole(AriaRole.Alert);

    public ILocator TryAgain => page.GetByRole(AriaRole.Button, new() { Name = "Try again" });

    public ILocator Announcer => page.Locator("#announcer");

    public ILocator Title => page.GetByRole(AriaRole.Heading, new() { Level = 1 });

    public ILocator ThreadLinks => page.Locator(".thread-link");

    public ILocator ThreadLink(string title) => page.GetByRole(AriaRole.Link, new() { Name = title, Exact = true });

    public Task OpenAsync(string? threadId = null) => page.GotoAsync(threadId is null ? address : $"{address}/#/t/{threadId}");

    public async Task SendAsync(string words)
    {
        await Prompt.FillAsync(words);
        await Prompt.PressAsync("Enter");
    }

    /// <summary>Picks files, as the button's dialog does.</summary>
    public Task AttachAsync(params FilePayload[] files) => page.Locator("#file-picker").SetInputFilesAsync(files);

    /// <summary>Opens the menu of a conversation in the list and picks an entry.</summary>
    public async Task ChooseAsync(string title, string entry)
    {
        await ThreadLink(title).HoverAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = $"Options for {title}" }).ClickAsync();
        await page.GetByRole(AriaRole.Menuitem, new() { Name = entry }).ClickAsync();
    }

    public static Regex AtThread() => ThreadAddress();

    [GeneratedRegex("#/t/thr_")]
    private static partial Regex ThreadAddress();
}
