using System.Text.Json.Nodes;
using ChatKit.Browser.Tests.Fake;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace ChatKit.Browser.Tests;

/// <summary>The ways to the states that show more than plain conversation.</summary>
public sealed partial class PageStatesTests
{
    private async Task OpenItemAsync(string question, string answer, JsonObject item)
    {
        var thread = Server.AddThread("Something to use").WithExchange(question, answer).With(item);
        await Chat.OpenAsync(thread.Id);
        await Expect(Page.Locator(".row").Last).ToBeVisibleAsync();
        await Expect(Page.Locator(".row").Last.Locator("*").First).ToBeAttachedAsync();
    }

    private async Task WorkAsync()
    {
        Server.NextAnswer().Begin(WidgetSamples.Workflow());
        await Chat.OpenAsync();
        await Chat.SendAsync("Which ferry is best?");
        await Page.Locator("details.workflow summary").ClickAsync();
        await Expect(Page.Locator(".task")).ToHaveCountAsync(4);
    }

    private async Task OpenImagesAsync()
    {
        var thread = Server.AddThread("Art").WithExchange("Draw a red dot.", "Here are three.")
            .With(new JsonObject { ["type"] = "generated_image", ["image"] = new JsonObject { ["id"] = "i", ["url"] = Pictures.Sunset } })
            .With(new JsonObject { ["type"] = "generated_image", ["image"] = new JsonObject { ["id"] = "j", ["url"] = "https://images.example/a.png" } });
        Server.NextAnswer().Begin(new JsonObject { ["type"] = "generated_image", ["id"] = "img" }).Update("img", """{"type":"generated_image.updated","image":null,"progress":0.4}""");
        await Chat.OpenAsync(thread.Id);
        await Chat.SendAsync("And a third");
        await Expect(Page.GetByText("Drawing the image, 40%")).ToBeVisibleAsync();
    }

    private async Task OpenSourcesAsync()
    {
        var thread = Server.AddThread("Oslo").WithExchange("Tell me about Oslo.", "Of course.").With(WidgetSamples.Cited("Oslo lies at the head of a fjord. It has **ferries** to Kiel and Copenhagen.", """
            [{"type":"annotation","index":33,"source":{"type":"url","title":"Atlas of Norway","url":"https://atlas.example/oslo","attribution":"The Atlas","description":"Towns and their harbours."}},
             {"type":"annotation","index":77,"source":{"type":"url","title":"Ferries from Oslo","url":"https://ferries.example/oslo","timestamp":"2026-11-02"}},
             {"type":"annotation","index":77,"source":{"type":"file","title":"My notes","filename":"notes.txt"}}]
            """));
        await Chat.OpenAsync(thread.Id);
        await Page.GetByRole(AriaRole.Button, new() { Name = "Source 2" }).ClickAsync();
        await Expect(Page.Locator(".sources li").Last).ToBeVisibleAsync();
    }

    private async Task OpenMathAsync()
    {
        var thread = Server.AddThread("Algebra").WithExchange("How do I solve it?", WidgetSamples.Formulas);
        await Chat.OpenAsync(thread.Id);
        await Expect(Page.Locator(".katex")).ToHaveCountAsync(5);
        await Page.EvaluateAsync("document.fonts.ready");
    }

    private async Task AttachAsync()
    {
        await OpenNewChatAsync();
        await Chat.AttachAsync(
            new FilePayload { Name = "photo.png", MimeType = "image/png", Buffer = WidgetSamples.Png },
            new FilePayload { Name = "a-rather-long-name-of-a-file-that-does-not-fit.txt", MimeType = "text/plain", Buffer = new byte[300] },
            new FilePayload { Name = "huge.txt", MimeType = "text/plain", Buffer = new byte[3000] });
        await Expect(Page.GetByText("A file may have 1,000 B at most.")).ToBeVisibleAsync();
        await Expect(Page.Locator(".upload progress:not([hidden])")).ToHaveCountAsync(0);
    }

    private async Task OpenAttachmentsAsync()
    {
        await OpenNewChatAsync();
        await Chat.AttachAsync(
            new FilePayload { Name = "photo.png", MimeType = "image/png", Buffer = WidgetSamples.Png },
            new FilePayload { Name = "notes.txt", MimeType = "text/plain", Buffer = new byte[300] });
        await Expect(Chat.Send).ToBeEnabledAsync();
        Server.WillAnswer("A photo and some notes.");
        await Chat.SendAsync("What is this?");
        await Expect(Chat.Answers).ToHaveTextAsync("A photo and some notes.");
    }

    private async Task EditAsync()
    {
        await OpenConversationAsync();
        await Chat.Questions.First.HoverAsync();
        await Page.GetByRole(AriaRole.Button, new() { Name = "Edit message" }).First.ClickAsync();
        await Expect(Page.GetByLabel("Edited message")).ToBeFocusedAsync();
    }

    private async Task SearchAsync(string words)
    {
        await OpenListAsync();
        await Page.GetByRole(AriaRole.Searchbox).FillAsync(words);
        if (words == "zebra") await Expect(Page.GetByText("Nothing found for “zebra”.")).ToBeVisibleAsync();
        else await Expect(Page.Locator("mark").First).ToBeVisibleAsync();
    }

    private async Task NoticeAsync()
    {
        await OpenNewChatAsync();
        Server.NextAnswer().Event("""{"type":"notice","level":"info","message":"A new model answers from today."}""")
            .Event("""{"type":"notice","level":"warning","title":"Nearly full","message":"You have used **90 %** of this month."}""")
            .Event("""{"type":"notice","level":"danger","message":"One tool did not answer."}""").Say("Done.").End();
        await Chat.SendAsync("hi");
        await Expect(Page.Locator(".notice")).ToHaveCountAsync(3);
        await Expect(Chat.Caret).ToHaveCountAsync(0);
    }

    private async Task OpenShortcutsAsync()
    {
        await OpenNewChatAsync();
        await Page.Locator("h1").ClickAsync();
        await Page.Keyboard.PressAsync("?");
        await Expect(Page.GetByRole(AriaRole.Dialog, new() { Name = "Keyboard shortcuts" })).ToBeVisibleAsync();
    }

    private async Task OpenToolsAsync()
    {
        Server.Tools.Add(new JsonObject { ["id"] = "calculator", ["name"] = "Calculator", ["description"] = "Exact arithmetic", ["icon"] = "calculator" });
        Server.Tools.Add(new JsonObject { ["id"] = "search", ["name"] = "File search", ["description"] = "Looks for passages in the files of this conversation", ["icon"] = "search" });
        await OpenNewChatAsync();
        await Page.GetByRole(AriaRole.Button, new() { Name = "Tools" }).ClickAsync();
        await Expect(Page.GetByRole(AriaRole.Menu)).ToBeVisibleAsync();
    }

    private async Task OpenThreadMenuAsync()
    {
        await OpenConversationAsync();
        await Page.GetByRole(AriaRole.Button, new() { Name = "Conversation options" }).ClickAsync();
        await Expect(Page.GetByRole(AriaRole.Menuitem, new() { Name = "Export as Markdown" })).ToBeVisibleAsync();
    }

    private async Task OpenClosedAsync()
    {
        var thread = Server.AddThread("Done").WithExchange("Is it mended?", "Yes, since Tuesday.");
        thread.ClosedBecause = "This case was solved last week.";
        await Chat.OpenAsync(thread.Id);
        await Expect(Chat.Prompt).ToBeDisabledAsync();
    }

    private async Task OpenAccountAsync()
    {
        Server.Session = JsonNode.Parse("""{"user":{"id":"u","name":"ada.lovelace@analytical-engines.example"},"sign_in":"/sign-in"}""")!.AsObject();
        await OpenListAsync();
        await Expect(Page.GetByRole(AriaRole.Button, new() { Name = "Sign out" })).ToBeVisibleAsync();
    }

    private async Task OpenArabicAsync()
    {
        var thread = Server.AddThread("رحلة إلى أوسلو").WithExchange("كيف أصل إلى أوسلو؟", "يمكنك السفر **بالعبّارة**:\n\n1. من كيل\n2. من كوبنهاغن\n\n> مرة كل ليلة\n\n| من | إلى |\n|---|---|\n| كيل | أوسلو |");
        await Chat.OpenAsync(thread.Id);
        await Expect(Chat.Answers.Locator("table")).ToBeVisibleAsync();
    }

    private async Task OpenLongWordsAsync()
    {
        var word = string.Concat(Enumerable.Repeat("Donaudampfschifffahrt", 8));
        var thread = Server.AddThread(word).WithExchange(word, $"{word}\n\n- {word}\n\n`{word}`\n\n# {word}")
            .With(WidgetSamples.Widget($$"""{"type":"Card","children":[{"type":"Title","value":"{{word}}"},{"type":"Row","children":[{"type":"Text","value":"{{word}}"},{"type":"Badge","label":"{{word}}"}]},{"type":"Button","label":"{{word}}"}]}"""));
        await Chat.OpenAsync(thread.Id);
        await Expect(Page.Locator(".w-button")).ToBeVisibleAsync();
    }

    private async Task GoOfflineAsync()
    {
        await OpenNewChatAsync();
        await Page.Context.SetOfflineAsync(true);
        await Expect(Page.GetByText("You are offline.")).ToBeVisibleAsync();
    }
}
