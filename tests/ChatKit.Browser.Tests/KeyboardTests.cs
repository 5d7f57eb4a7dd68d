using ChatKit.Browser.Tests.Browsing;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace ChatKit.Browser.Tests;

public sealed class KeyboardTests(Chromium chromium) : PageTest(chromium)
{
    [SkippableFact]
    public async Task Everything_can_be_done_without_a_mouse()
    {
        Server.AddThread("Older").WithExchange("q", "old answer");
        Server.WillAnswer("Hello.");
        await Chat.OpenAsync();
        await Expect(Chat.Prompt).ToBeFocusedAsync();

        await Page.Keyboard.TypeAsync("hi");
        await Page.Keyboard.PressAsync("Enter");
        await Expect(Chat.Answers).ToHaveTextAsync("Hello.");

        await TabToAsync(Chat.ThreadLink("Older"), "Shift+Tab");
        await Page.Keyboard.PressAsync("Enter");
        await Expect(Chat.Answers).ToHaveTextAsync("old answer");
        await Expect(Chat.Prompt).ToBeFocusedAsync();

        await TabToAsync(Page.GetByRole(AriaRole.Button, new() { Name = "Options for Older" }), "Shift+Tab");
        await Page.Keyboard.PressAsync("Enter");
        await Expect(Page.GetByRole(AriaRole.Menuitem, new() { Name = "Rename" })).ToBeFocusedAsync();
        await Page.Keyboard.PressAsync("Enter");
        await Page.Keyboard.TypeAsync("Newer");
        await Page.Keyboard.PressAsync("Enter");
        var options = Page.GetByRole(AriaRole.Button, new() { Name = "Options for Newer" });
        await Expect(options).ToBeFocusedAsync();

        await Page.Keyboard.PressAsync("Enter");
        await Page.Keyboard.PressAsync("ArrowDown");
        await Expect(Page.GetByRole(AriaRole.Menuitem, new() { Name = "Delete" })).ToBeFocusedAsync();
        await Page.Keyboard.PressAsync("Enter");
        await Expect(Page.GetByRole(AriaRole.Button, new() { Name = "Cancel" })).ToBeFocusedAsync();
        await Page.Keyboard.PressAsync("Escape");
        await Expect(options).ToBeFocusedAsync();
        await Page.Keyboard.PressAsync("Enter");
        await Page.Keyboard.PressAsync("ArrowUp");
        await Page.Keyboard.PressAsync("Enter");
        await Page.Keyboard.PressAsync("Tab");
        await Page.Keyboard.PressAsync("Enter");

        await Expect(Chat.ThreadLinks).ToHaveTextAsync(["hi"]);
        await Expect(Chat.Prompt).ToBeFocusedAsync();
    }

    [SkippableFact]
    public async Task The_first_stop_is_a_link_to_the_message_box()
    {
        await Chat.OpenAsync();
        var first = Page.Locator("a[href], button, textarea, select, input, [tabindex]").First;

        await TabToAsync(first, "Shift+Tab");
        await Expect(first).ToHaveAccessibleNameAsync("Skip to the message box");
        await Expect(first).ToBeInViewportAsync();
        await Page.Keyboard.PressAsync("Enter");

        await Expect(Chat.Prompt).ToBeFocusedAsync();
    }

    [SkippableFact]
    public async Task A_button_that_goes_away_hands_the_focus_on()
    {
        Server.NextAnswer().Fail("No luck.", allowRetry: true);
        var answer = Server.NextAnswer();
        await Chat.OpenAsync();
        await Chat.SendAsync("hi");

        await Chat.TryAgain.FocusAsync();
        await Page.Keyboard.PressAsync("Enter");

        await Expect(Page.GetByRole(AriaRole.Region, new() { Name = "Messages" })).ToBeFocusedAsync();
        answer.End();
    }

    private async Task TabToAsync(ILocator target, string key)
    {
        for (var steps = 0; steps < 40; steps++)
        {
            if (await target.EvaluateAsync<bool>("element => element === document.activeElement")) return;
            await Page.Keyboard.PressAsync(key);
        }

        Assert.Fail($"{target} was not reached with {key}.");
    }
}
