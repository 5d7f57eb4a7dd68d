using System.Collections.Concurrent;
using ChatKit.Browser.Tests.Fake;
using Microsoft.Playwright;
using Xunit;

namespace ChatKit.Browser.Tests.Browsing;

/// <summary>
/// A fresh server and a fresh browser profile for each test. When the test is over it must not have asked any other origin for anything,
/// nor have left an error in the console: that is also where a violated Content-Security-Policy shows.
/// </summary>
[Collection(ChromiumTests.Name)]
public abstract class PageTest(Chromium chromium) : IAsyncLifetime
{
    private readonly ConcurrentQueue<string> _errors = new();
    private readonly ConcurrentQueue<string> _foreign = new();
    private IBrowserContext? _context;

    protected FakeChatKit Server { get; private set; } = null!;

    protected ChatPage Chat { get; private set; } = null!;

    protected IPage Page => Chat.Page;

    /// <summary>What a test that breaks the network on purpose expects the browser to say about it.</summary>
    protected string? ExpectedConsoleError { get; set; }

    public async Task InitializeAsync()
    {
        var browser = chromium.Browser;
        Server = await FakeChatKit.StartAsync();
        _context = await browser.NewContextAsync(Options());
        _context.SetDefaultTimeout(20_000);
        Assertions.SetDefaultExpectTimeout(20_000);
        _context.Request += (_, request) =>
        {
            if (!request.Url.StartsWith(Server.Address, StringComparison.Ordinal) && !request.Url.StartsWith("data:", StringComparison.Ordinal))
                _foreign.Enqueue(request.Url);
        };
        Chat = new ChatPage(await OpenTabAsync(), Server.Address);
    }

    public async Task DisposeAsync()
    {
        if (_context is null) return;
        await _context.DisposeAsync();
        await Server.DisposeAsync();
        Assert.Empty(_foreign);
        Assert.DoesNotContain(_errors, error => ExpectedConsoleError is null || !error.Contains(ExpectedConsoleError, StringComparison.Ordinal));
    }

    protected virtual BrowserNewContextOptions Options() => new() { ViewportSize = new() { Width = 1280, Height = 800 }, ColorScheme = ColorScheme.Light };

    protected async Task<IPage> OpenTabAsync()
    {
        var page = await _context!.NewPageAsync();
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning") _errors.Enqueue(message.Text);
        };
        page.PageError += (_, error) => _errors.Enqueue(error);
        return page;
    }
}
