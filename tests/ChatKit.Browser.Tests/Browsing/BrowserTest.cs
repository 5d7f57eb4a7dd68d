using System.Collections.Concurrent;
using Microsoft.Playwright;
using Xunit;

namespace ChatKit.Browser.Tests.Browsing;

/// <summary>
/// A fresh browser profile for each test. When the test is over, the page must not have asked any other origin for anything, nor have left
/// an error in the console: that is also where a violated Content-Security-Policy shows.
/// </summary>
[Collection(ChromiumTests.Name)]
public abstract class BrowserTest(Chromium chromium) : IAsyncLifetime
{
    private readonly ConcurrentQueue<string> _errors = new();
    private readonly ConcurrentQueue<string> _foreign = new();
    private IBrowserContext? _context;

    protected ChatPage Chat { get; private set; } = null!;

    protected IPage Page => Chat.Page;

    /// <summary>What a test that breaks something on purpose expects the browser to say about it.</summary>
    protected string? ExpectedConsoleError { get; set; }

    public async Task InitializeAsync()
    {
        var browser = chromium.Browser;
        var address = await StartServerAsync();
        _context = await browser.NewContextAsync(Options());
        _context.SetDefaultTimeout(20_000);
        Assertions.SetDefaultExpectTimeout(20_000);
        _context.Request += (_, request) =>
        {
            // A picture that the person is about to send has an address within the browser.
            if (!request.Url.StartsWith(address, StringComparison.Ordinal) && !request.Url.StartsWith($"blob:{address}", StringComparison.Ordinal)) _foreign.Enqueue(request.Url);
        };
        _context.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning") _errors.Enqueue(message.Text);
        };
        _context.WebError += (_, error) => _errors.Enqueue(error.Error);
        Chat = new ChatPage(await _context.NewPageAsync(), address);
    }

    public async Task DisposeAsync()
    {
        if (_context is null) return;
        await _context.DisposeAsync();
        await StopServerAsync();
        Assert.Empty(_foreign);
        Assert.DoesNotContain(_errors, error => ExpectedConsoleError is null || !error.Contains(ExpectedConsoleError, StringComparison.Ordinal));
    }

    /// <summary>Returns the address of the page.</summary>
    protected abstract Task<string> StartServerAsync();

    protected abstract Task StopServerAsync();

    protected virtual BrowserNewContextOptions Options() => new() { ViewportSize = new() { Width = 1280, Height = 800 }, ColorScheme = ColorScheme.Light };
}
