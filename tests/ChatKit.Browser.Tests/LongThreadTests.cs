using System.Globalization;
using ChatKit.Browser.Tests.Browsing;
using Xunit;
using Xunit.Abstractions;
using static Microsoft.Playwright.Assertions;

namespace ChatKit.Browser.Tests;

/// <summary>A conversation of 10 000 messages, and what the page costs to begin with. Times are told, not judged: tests share their processors.</summary>
public sealed class LongThreadTests(Chromium chromium, ITestOutputHelper output) : PageTest(chromium)
{
    private const int Exchanges = 5000;

    /// <summary>Fetches all that is earlier, by the button that stands above.</summary>
    private const string ToTheBeginning = """
        async () => {
          const scroller = document.querySelector("#scroller");
          for (let older; (older = document.querySelector(".older"));) {
            if (!older.disabled) older.click();
            await new Promise((done) => setTimeout(done, 10));
          }
        }
        """;

    /// <summary>Scrolls 400 pixels at every frame, and returns how long each frame took.</summary>
    private const string Scroll = """
        async () => {
          const scroller = document.querySelector("#scroller");
          scroller.scrollTop = scroller.scrollHeight / 2;
          const frames = [];
          let last = await new Promise(requestAnimationFrame);
          for (let frame = 0; frame < 150; frame++) {
            scroller.scrollTop -= 400;
            const now = await new Promise(requestAnimationFrame);
            frames.push(now - last);
            last = now;
          }
          return frames;
        }
        """;

    [SkippableFact]
    public async Task Ten_thousand_messages_are_scrolled_through_and_few_of_them_drawn()
    {
        var thread = Server.AddThread("Long");
        for (var number = 1; number <= Exchanges; number++)
            thread.WithExchange($"question {number}", string.Create(CultureInfo.InvariantCulture, $"answer **{number}**\n\n```csharp\nvar number = {number};\n```"));
        await Chat.OpenAsync(thread.Id);
        await Expect(Chat.Answers.Last).ToContainTextAsync("answer 5000");
        await Expect(Page.Locator(".row")).ToHaveCountAsync(100);

        await Page.EvaluateAsync(ToTheBeginning);
        await Expect(Page.Locator(".row")).ToHaveCountAsync(2 * Exchanges);
        var frames = (await Page.EvaluateAsync<double[]>(Scroll)).Order().ToArray();

        var drawn = await Page.Locator(".row:not(:empty)").CountAsync();
        var nodes = await Page.EvaluateAsync<int>("document.querySelectorAll('*').length");
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"frames: median {frames[75]:f1} ms, 95 % {frames[142]:f1} ms, longest {frames[^1]:f1} ms; drawn {drawn} of {2 * Exchanges}; {nodes} elements"));
        Assert.InRange(drawn, 20, 4000);
        await Expect(Page.Locator(".row:not(:empty)").Nth(drawn / 2)).ToBeAttachedAsync();
    }

    [SkippableFact]
    public async Task The_page_begins_with_little_and_fetches_the_rest_when_it_is_needed()
    {
        await Chat.OpenAsync();
        await Expect(Chat.Prompt).ToBeVisibleAsync();

        var bytes = await Page.EvaluateAsync<int>("performance.getEntriesByType('resource').filter(({ name }) => /\\.(js|css|svg)$/.test(name)).reduce((sum, { decodedBodySize }) => sum + decodedBodySize, 0)");
        var paint = await Page.EvaluateAsync<double>("performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? -1");
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"first paint after {paint:f0} ms, {bytes / 1024} KB of scripts and styles"));

        Assert.InRange(bytes, 1, 700 * 1024);
        Assert.Empty(await Page.EvaluateAsync<string[]>("performance.getEntriesByType('resource').map(({ name }) => name).filter((name) => name.includes('katex'))"));
    }
}
