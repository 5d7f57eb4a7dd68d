using ChatKit.Browser.Tests.Browsing;
using ChatKit.Browser.Tests.Fake;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace ChatKit.Browser.Tests;

public sealed class AttachmentTests(Chromium chromium) : PageTest(chromium)
{
    private static readonly FilePayload Photo = new() { Name = "photo.png", MimeType = "image/png", Buffer = WidgetSamples.Png };
    private static readonly FilePayload Notes = new() { Name = "notes.txt", MimeType = "text/plain", Buffer = "Two lines"u8.ToArray() };

    private ILocator Uploads => Page.GetByRole(AriaRole.List, new() { Name = "Attached files" }).GetByRole(AriaRole.Listitem);

    [SkippableTheory]
    [InlineData("two_phase")]
    [InlineData("direct")]
    public async Task Files_are_sent_as_the_server_says_and_go_with_the_message(string strategy)
    {
        Server.Uploads["strategy"] = strategy;
        Server.Uploads["url"] = "attachments";
        Server.WillAnswer("Seen.");
        await Chat.OpenAsync();
        await Expect(Page.GetByRole(AriaRole.Button, new() { Name = "Attach files" })).ToBeVisibleAsync();

        await Chat.AttachAsync(Photo, Notes);
        await Expect(Chat.Send).ToBeEnabledAsync();
        await Chat.SendAsync("What is this?");

        await Expect(Chat.Answers).ToHaveTextAsync("Seen.");
        await Expect(Page.Locator(".message.user .file-name")).ToHaveTextAsync("notes.txt");
        await Expect(Page.Locator(".message.user .picture img")).ToHaveJSPropertyAsync("naturalWidth", 1);
        await Expect(Uploads).ToHaveCountAsync(0);
        Assert.Equal("Two lines"u8.ToArray(), Server.Files.BytesOf("notes.txt"));
        Assert.Equal(2, Server.Last("threads.create")["input"]!["attachments"]!.AsArray().Count);
        Assert.Equal(strategy == "two_phase", Server.Requests.Any(request => request["type"]!.GetValue<string>() == "attachments.create"));
    }

    [SkippableFact]
    public async Task While_a_file_is_on_its_way_the_message_waits_and_the_file_can_be_taken_back()
    {
        var gate = new TaskCompletionSource();
        Server.Files.Gate = gate.Task;
        await Chat.OpenAsync();
        await Chat.AttachAsync(Notes);
        await Expect(Uploads.GetByRole(AriaRole.Progressbar)).ToBeVisibleAsync();

        await Chat.SendAsync("Now?");
        await Expect(Page.GetByText("still being sent")).ToBeVisibleAsync();
        await Expect(Chat.Send).ToBeDisabledAsync();
        await Uploads.GetByRole(AriaRole.Button, new() { Name = "Remove notes.txt" }).ClickAsync();

        await Expect(Uploads).ToHaveCountAsync(0);
        await Expect(Chat.Send).ToBeEnabledAsync();
        await Expect(Chat.Prompt).ToHaveValueAsync("Now?");
        gate.SetResult();
        await Expect(Chat.Prompt).ToBeFocusedAsync();
        for (var turn = 0; turn < 100 && Server.Files.Names.Count > 0; turn++) await Page.WaitForTimeoutAsync(50);
        Assert.Empty(Server.Files.Names);
    }

    [SkippableFact]
    public async Task A_refused_file_says_why_and_one_that_may_pass_can_be_sent_again()
    {
        ExpectedConsoleError = "Failed to load resource";
        Server.Files.Refusal = "Files of this type are not taken.";
        await Chat.OpenAsync();

        await Chat.AttachAsync(Notes);
        await Expect(Uploads.GetByRole(AriaRole.Alert)).ToHaveTextAsync("Files of this type are not taken.");
        await Expect(Uploads.GetByRole(AriaRole.Button, new() { Name = "Send the file again" })).ToHaveCountAsync(0);
        await Uploads.GetByRole(AriaRole.Button, new() { Name = "Remove notes.txt" }).ClickAsync();
        await Page.RouteAsync("**/attachments/*", route => route.AbortAsync("connectionrefused"));
        await Chat.AttachAsync(Notes);
        await Expect(Uploads.GetByRole(AriaRole.Alert)).ToContainTextAsync("could not be reached");
        await Page.UnrouteAsync("**/attachments/*");
        await Uploads.GetByRole(AriaRole.Button, new() { Name = "Send the file again" }).ClickAsync();

        await Expect(Chat.Send).ToBeEnabledAsync();
    }

    [SkippableFact]
    public async Task Files_are_pasted_and_dropped()
    {
        await Chat.OpenAsync();
        await Expect(Page.GetByRole(AriaRole.Button, new() { Name = "Attach files" })).ToBeVisibleAsync();

        await Page.EvaluateAsync("""
            () => {
              const files = (name) => { const data = new DataTransfer(); data.items.add(new File(["words"], name, { type: "text/plain" })); return data; };
              document.querySelector("#prompt").dispatchEvent(new ClipboardEvent("paste", { clipboardData: files("pasted.txt"), bubbles: true, cancelable: true }));
              const over = document.querySelector("#scroller");
              over.dispatchEvent(new DragEvent("dragover", { dataTransfer: files("x"), bubbles: true, cancelable: true }));
              window.veiled = !document.querySelector("#drop-veil").hidden;
              over.dispatchEvent(new DragEvent("drop", { dataTransfer: files("dropped.txt"), bubbles: true, cancelable: true }));
            }
            """);

        await Expect(Uploads.Locator(".file-name")).ToHaveTextAsync(["pasted.txt", "dropped.txt"]);
        Assert.True(await Page.EvaluateAsync<bool>("window.veiled"));
        await Expect(Page.Locator("#drop-veil")).ToBeHiddenAsync();
        await Expect(Chat.Announcer).ToHaveTextAsync("A file was attached");
    }

    [SkippableFact]
    public async Task What_is_too_large_or_too_much_is_said_before_it_is_sent()
    {
        await Chat.OpenAsync();
        await Expect(Page.GetByRole(AriaRole.Button, new() { Name = "Attach files" })).ToBeVisibleAsync();

        await Chat.AttachAsync(new FilePayload { Name = "huge.txt", MimeType = "text/plain", Buffer = new byte[1001] }, Notes, Photo, Photo);

        await Expect(Uploads.GetByRole(AriaRole.Alert)).ToHaveTextAsync(["A file may have 1,000 B at most.", "A message takes 3 files at most."]);
        Assert.DoesNotContain("huge.txt", Server.Files.Names);
    }

    [SkippableFact]
    public async Task A_picture_opens_large()
    {
        Server.WillAnswer("Red.");
        await Chat.OpenAsync();
        await Chat.AttachAsync(Photo);
        await Expect(Chat.Send).ToBeEnabledAsync();
        await Chat.Send.ClickAsync();
        await Expect(Chat.Answers).ToHaveTextAsync("Red.");

        await Page.GetByRole(AriaRole.Button, new() { Name = "Enlarge photo.png" }).ClickAsync();
        await Expect(Page.GetByRole(AriaRole.Dialog, new() { Name = "photo.png" })).ToBeVisibleAsync();
        await Page.GetByRole(AriaRole.Button, new() { Name = "Close" }).ClickAsync();

        await Expect(Page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
    }
}
