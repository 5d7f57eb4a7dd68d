using ChatKit.Browser.Tests.Browsing;
using ChatKit.Browser.Tests.Fake;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace ChatKit.Browser.Tests;

/// <summary>What axe does not look at: WCAG 2.2 AA's zoom (1.4.4, 1.4.10), size of targets (2.5.8), motion (2.3.3), and the order of the focus (2.4.3).</summary>
public sealed class AccessibilityTests(Chromium chromium) : PageTest(chromium)
{
    /// <summary>Controls that are seen and smaller than 24 by 24; links within text are excepted, as the criterion does.</summary>
    private const string SmallTargets = """
        () => [...document.querySelectorAll("button, a[href], select, input:not([type=hidden]), summary")].filter((element) => {
          const box = (element.closest("label") ?? element).getBoundingClientRect();
          if (!element.checkVisibility({ opacityProperty: true, visibilityProperty: true }) || element.matches(".visually-hidden, .skip-link, .markdown p a, .citation")) return false;
          return box.width > 0 && (box.width < 24 || box.height < 24);
        }).map((element) => element.outerHTML.slice(0, 120))
        """;

    [SkippableTheory]
    [InlineData(640, 400)]
    [InlineData(320, 256)]
    public async Task At_200_and_at_400_percent_everything_is_there_and_nothing_scrolls_sideways(int width, int height)
    {
        await Page.SetViewportSizeAsync(width, height);
        var thread = Server.AddThread("Everything").WithExchange("Hello", Samples.Rich).With(WidgetSamples.Widget(WidgetSamples.Form)).With(WidgetSamples.Questions());

        await Chat.OpenAsync(thread.Id);
        await Expect(Page.Locator(".questions")).ToBeVisibleAsync();

        Assert.Equal(width, await Page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
        Assert.Equal(0, await Page.EvaluateAsync<int>("(s => s.scrollWidth - s.clientWidth)(document.querySelector('#scroller'))"));
        await Expect(Chat.Prompt).ToBeInViewportAsync();
        await Expect(Chat.Send).ToBeInViewportAsync();
        await Chat.SendAsync("Still here");
        await Expect(Chat.Answers.Last).ToHaveTextAsync("All right.");
    }

    [SkippableFact]
    public async Task Every_control_is_large_enough_to_be_hit()
    {
        await Page.SetViewportSizeAsync(375, 720);
        var thread = Server.AddThread("Everything").WithExchange("Hello", Samples.Rich).With(WidgetSamples.Widget(WidgetSamples.Form)).With(WidgetSamples.Widget(WidgetSamples.Card, id: "w2"))
            .With(WidgetSamples.Questions()).With(WidgetSamples.Call("open_door")).With(WidgetSamples.Workflow(expanded: true));

        await Chat.OpenAsync(thread.Id);
        await Expect(Page.Locator(".workflow")).ToBeVisibleAsync();
        Assert.Empty(await Page.EvaluateAsync<string[]>(SmallTargets));
        await Page.GetByRole(AriaRole.Button, new() { Name = "Show conversations" }).ClickAsync();

        Assert.Empty(await Page.EvaluateAsync<string[]>(SmallTargets));
    }

    [SkippableFact]
    public async Task Whoever_wants_no_motion_sees_none()
    {
        await Page.EmulateMediaAsync(new() { ReducedMotion = ReducedMotion.Reduce });
        Server.NextAnswer().Begin(WidgetSamples.Workflow()).Say("Slowly");
        await Chat.OpenAsync();
        await Chat.SendAsync("go");
        await Expect(Chat.Caret).ToBeVisibleAsync();

        await Page.WaitForFunctionAsync("document.getAnimations().every((animation) => animation.playState !== 'running')");
    }

    [SkippableFact]
    public async Task The_focus_goes_from_the_head_to_the_messages_to_the_message_box()
    {
        var thread = Server.AddThread("Talk").WithExchange("Hi", "Hello");
        await Chat.OpenAsync(thread.Id);
        await Expect(Chat.Answers).ToHaveTextAsync("Hello");
        await Page.Locator("#thread-menu").FocusAsync();

        var visited = new List<string>();
        for (var step = 0; step < 9; step++)
        {
            await Page.Keyboard.PressAsync("Tab");
            visited.Add(await Page.EvaluateAsync<string>("document.activeElement.getAttribute('aria-label') ?? document.activeElement.id"));
        }

        Assert.Equal(["Messages", "Copy message", "Edit message", "Copy answer", "Good answer", "Bad answer", "Answer again", "prompt", "Attach files"], visited);
    }
}
