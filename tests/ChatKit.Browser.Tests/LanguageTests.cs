using System.Text.RegularExpressions;
using ChatKit.Browser.Tests.Browsing;
using ChatKit.Browser.Tests.Fake;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace ChatKit.Browser.Tests;

public sealed partial class LanguageTests(Chromium chromium) : PageTest(chromium)
{
    /// <summary>Every text and every label that is seen, but for what the server or the person wrote, and the names of keys and of themselves.</summary>
    private const string OwnWords = """
        () => {
          const theirs = ".markdown, .bubble, .thread-link, #title, .widget, .question legend, .question-label, .choice span, .card-note[dir], .card-head code, .card pre, .brand, option, kbd, .file-name, .time, .source, .task, .notice, .found-title";
          const words = [];
          const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_ELEMENT);
          while (walker.nextNode()) {
            const element = walker.currentNode;
            if (element.closest("script, noscript, svg") || element.closest(theirs)) continue;
            for (const name of ["aria-label", "title", "placeholder", "alt"]) if (element.getAttribute(name)) words.push(element.getAttribute(name));
            for (const node of element.childNodes) if (node.nodeType === 3 && node.data.trim()) words.push(node.data.trim());
          }
          return words;
        }
        """;

    protected override BrowserNewContextOptions Options() => new() { ViewportSize = new() { Width = 1280, Height = 800 }, Locale = "fr-FR" };

    [SkippableFact]
    public async Task The_page_speaks_the_language_that_the_browser_asks_for()
    {
        Server.AddThread("Hier", TimeSpan.FromDays(1)).WithExchange("Bonjour", "Salut");
        Server.AddThread("Autrefois", TimeSpan.FromDays(400));
        await Chat.OpenAsync();

        await Expect(Page.GetByRole(AriaRole.Heading, new() { Name = "Qu’avez-vous en tête ?" })).ToBeVisibleAsync();
        await Expect(Page.Locator("html")).ToHaveAttributeAsync("lang", "fr");
        await Expect(Page.GetByRole(AriaRole.Navigation).GetByRole(AriaRole.Heading).Last).ToHaveTextAsync(Month());
        await Expect(Page).ToHaveTitleAsync("Nouvelle conversation · ChatKit");
    }

    [SkippableFact]
    public async Task Both_languages_say_the_same_things()
    {
        await Chat.OpenAsync();

        var differences = await Page.EvaluateAsync<string[]>("""
            async () => {
              const [{ en }, { fr }] = await Promise.all([import("./app/text/en.js"), import("./app/text/fr.js")]);
              const shape = (value, name) => value && typeof value === "object"
                ? Object.keys(value).flatMap((key) => shape(value[key], `${name}.${key}`))
                : [`${name}: ${typeof value}${typeof value === "function" ? value.length : ""}`];
              const [one, other] = [shape(en, "text"), shape(fr, "text")];
              return [...one.filter((line) => !other.includes(line)), ...other.filter((line) => !one.includes(line))];
            }
            """);

        Assert.Empty(differences);
    }

    /// <summary>A language in which every word carries a mark: what is seen without one was not taken from the catalogue.</summary>
    [SkippableFact]
    public async Task Every_word_of_the_page_comes_from_the_catalogue()
    {
        await Page.RouteAsync("**/app/text/fr.js", route => route.FulfillAsync(new()
        {
            ContentType = "text/javascript",
            Body = """
                import { en } from "./en.js";
                const mark = (value) => typeof value === "string" ? `⟦${value}⟧`
                  : typeof value === "function" ? (...given) => `⟦${value(...given)}⟧`
                  : Array.isArray(value) ? value.map(mark) : Object.fromEntries(Object.entries(value).map(([key, one]) => [key, mark(one)]));
                export const fr = mark(en);
                """,
        }));
        var thread = Server.AddThread("Everything").WithExchange("Hello", Samples.Rich).With(WidgetSamples.Workflow(expanded: true)).With(WidgetSamples.Questions())
            .With(WidgetSamples.Call("open_door")).With(WidgetSamples.Widget(WidgetSamples.Card, copyText: "x"));
        Server.Session = System.Text.Json.Nodes.JsonNode.Parse("""{"user":{"id":"u","name":"⟦ada⟧"},"sign_in":"/sign-in"}""")!.AsObject();

        await Chat.OpenAsync();
        await Expect(Page.Locator(".example")).ToHaveCountAsync(4);
        await ExpectOwnWordsAsync();
        await Chat.OpenAsync(thread.Id);
        await Expect(Page.Locator(".widget")).ToBeVisibleAsync();
        await Page.Locator("#account-name").WaitForAsync();
        await ExpectOwnWordsAsync();
        await Page.Locator("#thread-menu").ClickAsync();
        await ExpectOwnWordsAsync();
        await Page.Keyboard.PressAsync("Escape");
        await Page.Locator("#help").ClickAsync();

        await ExpectOwnWordsAsync();
    }

    private async Task ExpectOwnWordsAsync() =>
        Assert.DoesNotContain(await Page.EvaluateAsync<string[]>(OwnWords), words => !words.Contains('⟦', StringComparison.Ordinal) && Letters().IsMatch(words));

    [GeneratedRegex(@"^(janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre) \d{4}$")]
    private static partial Regex Month();

    [GeneratedRegex(@"\p{L}{2}")]
    private static partial Regex Letters();
}
