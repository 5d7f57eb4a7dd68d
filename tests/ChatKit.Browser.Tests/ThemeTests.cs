using ChatKit.Browser.Tests.Browsing;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace ChatKit.Browser.Tests;

public sealed class ThemeTests(Chromium chromium) : PageTest(chromium)
{
    private const string White = "rgb(255, 255, 255)";

    [SkippableFact]
    public async Task The_system_decides_until_the_person_does()
    {
        await Page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
        await Chat.OpenAsync();
        await Expect(Page.Locator("body")).Not.ToHaveCSSAsync("background-color", White);

        await Page.GetByRole(AriaRole.Radio, new() { Name = "Light" }).CheckAsync(new() { Force = true });
        await Expect(Page.Locator("body")).ToHaveCSSAsync("background-color", White);
        await Page.ReloadAsync();
        await Expect(Page.Locator("body")).ToHaveCSSAsync("background-color", White);
        await Expect(Page.GetByRole(AriaRole.Radio, new() { Name = "Light" })).ToBeCheckedAsync();
        await Page.GetByRole(AriaRole.Radio, new() { Name = "System" }).CheckAsync(new() { Force = true });

        await Expect(Page.Locator("body")).Not.ToHaveCSSAsync("background-color", White);
    }

    [SkippableFact]
    public async Task A_closed_sidebar_stays_closed()
    {
        await Chat.OpenAsync();

        await Page.GetByRole(AriaRole.Button, new() { Name = "Hide conversations" }).ClickAsync();
        await Expect(Page.GetByRole(AriaRole.Navigation)).ToHaveCountAsync(0);
        await Page.ReloadAsync();
        await Expect(Page.GetByRole(AriaRole.Navigation)).ToHaveCountAsync(0);
        await Page.GetByRole(AriaRole.Button, new() { Name = "Show conversations" }).ClickAsync();

        await Expect(Page.GetByRole(AriaRole.Navigation)).ToBeVisibleAsync();
    }
}
