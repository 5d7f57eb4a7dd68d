using System.Net;
using ChatKit.Backend.Tests.Hosting;
using Xunit;

namespace ChatKit.Backend.Tests.Access.Limits;

public sealed class RateLimitTests
{
    private static readonly string List = Calls.Body("threads.list", "{}");

    [Fact]
    public async Task Each_person_has_so_many_requests_a_minute_and_is_told_when_to_come_back()
    {
        await using var host = await BackendHost.StartAsync(Answers.Nothing, settings: [("CHATKIT_RATE_LIMIT", "3"), ("CHATKIT_UPLOAD_LIMIT", "1")]);
        for (var i = 0; i < 3; i++)
            await host.AskAsync("threads.list", "{}");

        using var refused = await host.PostAsync(List);
        var detail = await refused.ProblemAsync(HttpStatusCode.TooManyRequests);
        var seconds = (int)refused.Headers.RetryAfter!.Delta!.Value.TotalSeconds;
        Assert.InRange(seconds, 1, 60);
        Assert.Equal($"Too many requests in a minute. Try again in {seconds} s.", detail);
        await host.AskAsync("threads.list", "{}", user: "bob");
    }

    [Fact]
    public async Task Uploads_are_counted_apart()
    {
        await using var host = await BackendHost.StartAsync(Answers.Nothing, settings: [("CHATKIT_RATE_LIMIT", "3"), ("CHATKIT_UPLOAD_LIMIT", "1")]);
        using var first = await host.Http.PostAsync(new Uri("/attachments", UriKind.Relative), new StringContent("not a form"));
        using var second = await host.Http.PostAsync(new Uri("/attachments", UriKind.Relative), new StringContent("not a form"));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, first.StatusCode);
        await second.ProblemAsync(HttpStatusCode.TooManyRequests);
        await host.AskAsync("threads.list", "{}");
    }

    [Fact]
    public async Task Nothing_set_means_a_hundred_for_the_chat_and_ten_for_uploads()
    {
        await using var host = await BackendHost.StartAsync(Answers.Nothing, settings: [("CHATKIT_RATE_LIMIT", ""), ("CHATKIT_UPLOAD_LIMIT", "")]);
        var chat = await Task.WhenAll(Enumerable.Range(0, 101).Select(async _ =>
        {
            using var response = await host.PostAsync(List);
            return response.StatusCode;
        }));
        var uploads = await Task.WhenAll(Enumerable.Range(0, 11).Select(async _ =>
        {
            using var response = await host.Http.PostAsync(new Uri("/attachments", UriKind.Relative), new StringContent("not a form"));
            return response.StatusCode;
        }));

        Assert.Equal((100, 1), (Count(chat, HttpStatusCode.OK), Count(chat, HttpStatusCode.TooManyRequests)));
        Assert.Equal((10, 1), (Count(uploads, HttpStatusCode.UnprocessableEntity), Count(uploads, HttpStatusCode.TooManyRequests)));
    }

    [Fact]
    public async Task Attempts_to_sign_in_are_counted_by_address()
    {
        await using var host = await People.StartAsync();
        using var browser = host.Browser();
        var all = new List<HttpStatusCode>();
        for (var i = 0; i < 31; i++)
        {
            using var response = await browser.SendJsonAsync(HttpMethod.Post, "/api/session", People.Credentials($"person{i}@example.com", "whatever it is"));
            all.Add(response.StatusCode);
        }

        Assert.Equal((30, 1), (Count(all, HttpStatusCode.Unauthorized), Count(all, HttpStatusCode.TooManyRequests)));
    }

    private static int Count(IEnumerable<HttpStatusCode> all, HttpStatusCode status) => all.Count(one => one == status);
}
