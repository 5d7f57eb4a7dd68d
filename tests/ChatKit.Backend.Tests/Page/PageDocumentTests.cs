using System.Net;
using ChatKit.Backend.Tests.Hosting;
using Xunit;

namespace ChatKit.Backend.Tests.Page;

public sealed class PageDocumentTests
{
    [Theory]
    [InlineData("fr-CA,fr;q=0.9,en;q=0.8", "fr")]
    [InlineData("de,en;q=0.5,fr;q=0.7", "fr")]
    [InlineData("en-US,fr;q=0.9", "en")]
    [InlineData("de", "en")]
    [InlineData("fr;q=0", "en")]
    [InlineData("*", "en")]
    [InlineData("", "en")]
    public async Task The_page_comes_in_the_language_that_is_wanted_most(string wanted, string language)
    {
        await using var host = await BackendHost.StartAsync(Answers.Nothing);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/");
        request.Headers.TryAddWithoutValidation("Accept-Language", wanted);

        using var response = await host.Http.SendAsync(request);

        Assert.Contains($"<html lang=\"{language}\">", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal([language], response.Content.Headers.ContentLanguage);
        Assert.Contains("Accept-Language", response.Headers.Vary);
    }

    [Fact]
    public async Task A_page_that_the_browser_has_is_not_sent_again()
    {
        await using var host = await BackendHost.StartAsync(Answers.Nothing);
        using var first = await host.Http.GetAsync("/");
        using var request = new HttpRequestMessage(HttpMethod.Get, "/") { Headers = { IfNoneMatch = { first.Headers.ETag! } } };

        using var second = await host.Http.SendAsync(request);

        Assert.Equal(HttpStatusCode.NotModified, second.StatusCode);
        Assert.Equal(first.Headers.GetValues("Content-Security-Policy"), second.Headers.GetValues("Content-Security-Policy"));
    }
}
