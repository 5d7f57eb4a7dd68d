using System.Globalization;
using Microsoft.Playwright;

namespace ChatKit.Browser.Tests.Browsing;

/// <summary>Keeps pictures of the page's states for people to look at, in the folder that <c>CHATKIT_SCREENSHOTS</c> names; without it, none.</summary>
internal static class Gallery
{
    private static readonly string? Folder = Environment.GetEnvironmentVariable("CHATKIT_SCREENSHOTS");

    public static bool IsOpen => !string.IsNullOrEmpty(Folder);

    public static async Task KeepAsync(IPage page, string state, ColorScheme theme)
    {
        if (!IsOpen) return;
        var name = string.Create(CultureInfo.InvariantCulture, $"{state}-{page.ViewportSize!.Width}-{theme}.png");
        await page.ScreenshotAsync(new() { Path = Path.Combine(Folder!, name), Animations = ScreenshotAnimations.Disabled });
    }
}
