using ChatKit.Browser.Tests.Browsing;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace ChatKit.Browser.Tests;

/// <summary>A phone: 375 px wide, touched.</summary>
public sealed class NarrowScreenTests(Chromium chromium) : PageTest(chromium)
{
    private ILocator Drawer => Page.GetByRole(AriaRole.Navigation, new() { Name = "Conversations" });

    private ILocator Opener => Page.GetByRole(AriaRole.Button, new() { Name = "Show conversations" });

    protected override BrowserNewContextOptions Options() => new() { ViewportSize = new() { Width = 375, Height = 667 }, HasTouch = true, IsMobile = true };

    [SkippableFact]
    public async Task Threads_are_in_a_drawer_that_a_choice_closes()
    {
        Server.AddThread("Older").WithExchange("q", "old answer");
        await Chat.OpenAsync();
        await Expect(Drawer).ToHaveCountAsync(0);

        await Opener.TapAsync();
        await Expect(Chat.ThreadLink("Older")).ToBeInViewportAsync();
        await Expect(Page.Locator("main")).ToHaveJSPropertyAsync("inert", true);
        await Chat.ThreadLink("Older").TapAsync();

        await Expect(Chat.Answers).ToHaveTextAsync("old answer");
        await Expect(Drawer).ToHaveCountAsync(0);
        await Expect(Page.Locator("main")).ToHaveJSPropertyAsync("inert", false);
    }

    [SkippableFact]
    public async Task Escape_and_the_space_beside_close_the_drawer()
    {
        await Chat.OpenAsync();

        await Opener.TapAsync();
        await Expect(Drawer).ToBeVisibleAsync();
        await Page.Keyboard.PressAsync("Escape");
        await Expect(Drawer).ToHaveCountAsync(0);
        await Expect(Opener).ToBeFocusedAsync();
        await Opener.TapAsync();
        await Page.Touchscreen.TapAsync(360, 300);

        await Expect(Drawer).ToHaveCountAsync(0);
    }

    [SkippableFact]
    public async Task Wide_content_scrolls_in_its_own_place()
    {
        var wide = string.Join(" | ", Enumerable.Range(1, 20).Select(number => $"column {number}"));
        var rule = string.Concat(Enumerable.Repeat("---|", 20));
        Server.WillAnswer($"```\n{new string('x', 300)}\n```\n\n{wide}\n{rule}\n{wide}\n\n{new string('w', 300)}\n\nhttps://example.org/{new string('u', 300)}");
        await Chat.OpenAsync();

        await Chat.SendAsync(new string('q', 300));

        await Expect(Chat.Answers.Locator("table")).ToBeAttachedAsync();
        await Expect(Chat.Caret).ToHaveCountAsync(0);
        Assert.Equal(375, await Page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
        Assert.Equal(375, await Page.EvaluateAsync<int>("document.querySelector('#scroller').scrollWidth"));
    }
}
