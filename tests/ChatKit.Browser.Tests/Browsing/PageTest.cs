using ChatKit.Browser.Tests.Fake;

namespace ChatKit.Browser.Tests.Browsing;

/// <summary>A test of the page against a server that it drives word by word.</summary>
public abstract class PageTest(Chromium chromium) : BrowserTest(chromium)
{
    protected FakeChatKit Server { get; private set; } = null!;

    protected sealed override async Task<string> StartServerAsync()
    {
        Server = await FakeChatKit.StartAsync();
        return Server.Address;
    }

    protected sealed override Task StopServerAsync() => Server.DisposeAsync().AsTask();
}
