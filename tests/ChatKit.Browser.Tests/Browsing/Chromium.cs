using ChatKit.Testing;
using Microsoft.Playwright;
using Xunit;

namespace ChatKit.Browser.Tests.Browsing;

/// <summary>The machine's own Chromium, started once for all tests. Playwright's driver is part of its package: nothing is downloaded.</summary>
public sealed class Chromium : IAsyncLifetime
{
    private static readonly string[] Arguments =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    ];

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    private static string? Executable { get; } =
        new[] { "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome" }.FirstOrDefault(File.Exists);

    /// <summary>The browser; skips (or fails) the calling test where there is none.</summary>
    public IBrowser Browser
    {
        get
        {
            Requirement.Need("chromium", _browser is not null, "no Chromium or Chrome in /usr/bin (Debian: apt-get install chromium)");
            return _browser!;
        }
    }

    public async Task InitializeAsync()
    {
        if (Executable is null) return;
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = Executable, Args = Arguments });
    }

    public async Task DisposeAsync()
    {
        if (_browser is not null) await _browser.DisposeAsync();
        _playwright?.Dispose();
    }
}

/// <summary>All page tests share the browser, and run one after another: they would only take turns on the processor.</summary>
[CollectionDefinition(Name)]
public sealed class ChromiumTests : ICollectionFixture<Chromium>
{
    public const string Name = "chromium";
}
