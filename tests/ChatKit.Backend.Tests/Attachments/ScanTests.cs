using System.Net;
using System.Net.Http.Headers;
using ChatKit.Backend.Tests.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace ChatKit.Backend.Tests.Attachments;

/// <summary>A scanner sees every file before it is kept.</summary>
public sealed class ScanTests : IAsyncLifetime
{
    private WebApplication _scanner = null!;
    private Func<HttpContext, Task> _answer = http => http.Response.WriteAsync("""{"clean":true}""");
    private (string Path, string Type, string Id, string Name, string Authorization, string Body) _seen;

    public async Task InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Configuration["urls"] = "http://127.0.0.1:0";
        _scanner = builder.Build();
        _scanner.Run(async http =>
        {
            using var body = new StreamReader(http.Request.Body);
            var headers = http.Request.Headers;
            _seen = (http.Request.Path, http.Request.ContentType!, headers["X-Attachment-Id"]!, headers["X-Attachment-Name"]!, headers.Authorization!, await body.ReadToEndAsync());
            await _answer(http);
        });
        await _scanner.StartAsync();
    }

    public async Task DisposeAsync() => await _scanner.DisposeAsync();

    [Fact]
    public async Task The_scanner_sees_the_bytes_and_a_clean_file_is_kept()
    {
        await using var host = await StartAsync(("CHATKIT_SCAN_TOKEN", "token-of-the-scanner"));
        var announced = await host.AnnounceAsync("résumé.txt", "text/plain");
        using var put = await PutAsync(host, announced.Id());

        Assert.Equal(HttpStatusCode.NoContent, put.StatusCode);
        Assert.Equal(("/scan", "text/plain", announced.Id(), "r%C3%A9sum%C3%A9.txt", "Bearer token-of-the-scanner", "hello"), _seen);
    }

    [Fact]
    public async Task A_file_with_a_virus_is_refused_and_nothing_of_it_is_kept()
    {
        _answer = http => http.Response.WriteAsync("""{"clean":false,"reason":"Eicar-Test-Signature"}""");
        await using var host = await StartAsync();
        var announced = await host.AnnounceAsync("a.txt", "text/plain");
        using var put = await PutAsync(host, announced.Id());
        using var direct = await host.Http.PostAsync(
            new Uri("/attachments", UriKind.Relative),
            new MultipartFormDataContent { { new ByteArrayContent("hello"u8.ToArray()) { Headers = { ContentType = new MediaTypeHeaderValue("text/plain") } }, "file", "b.txt" } });

        Assert.Equal("The file was not accepted: Eicar-Test-Signature", await put.ProblemAsync(HttpStatusCode.UnprocessableEntity));
        await direct.ProblemAsync(HttpStatusCode.UnprocessableEntity);
        await using var database = host.Database.Open();
        Assert.Equal((1, 0), (await database.Attachments.CountAsync(row => row.UploadedAt == null), await database.AttachmentContents.CountAsync()));
    }

    [Fact]
    public async Task A_scanner_that_does_not_answer_as_it_should_keeps_files_out_unless_the_operator_says_otherwise()
    {
        (string Name, Func<HttpContext, Task> Answer)[] failures =
        [
            ("an error", http => Task.FromResult(http.Response.StatusCode = 500)),
            ("no JSON", http => http.Response.WriteAsync("OK")),
            ("no verdict", http => http.Response.WriteAsync("""{"clean":"yes"}""")),
            ("nothing", http => Task.Run(http.Abort)),
            ("nothing in time", http => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, http.RequestAborted)),
        ];
        await using var strict = await StartAsync(("CHATKIT_SCAN_TIMEOUT", "1"));
        await using var lenient = await StartAsync(("CHATKIT_SCAN_TIMEOUT", "1"), ("CHATKIT_SCAN_FAILURE", "allow"));
        foreach (var (name, answer) in failures)
        {
            _answer = answer;
            using var refused = await PutAsync(strict, (await strict.AnnounceAsync("a.txt", "text/plain")).Id());
            using var kept = await PutAsync(lenient, (await lenient.AnnounceAsync("a.txt", "text/plain")).Id());
            Assert.True((refused.StatusCode, kept.StatusCode) == (HttpStatusCode.ServiceUnavailable, HttpStatusCode.NoContent), $"{name}: {refused.StatusCode}, {kept.StatusCode}");
        }
    }

    [Theory]
    [InlineData("CHATKIT_SCAN_URL", "scanner", "not an http(s) address")]
    [InlineData("CHATKIT_SCAN_TIMEOUT", "0", "from 1 to 600")]
    [InlineData("CHATKIT_SCAN_FAILURE", "ignore", "neither deny nor allow")]
    public async Task A_setting_that_cannot_be_meant_keeps_the_backend_from_starting(string name, string value, string reason)
    {
        var refusal = await Assert.ThrowsAsync<ServiceDefaults.Hosting.StartupException>(() => BackendHost.StartAsync(settings: (name, value)));

        Assert.Contains(reason, refusal.Message, StringComparison.Ordinal);
    }

    private Task<BackendHost> StartAsync(params (string Name, string Value)[] settings) =>
        BackendHost.StartAsync(Answers.Nothing, settings: [("CHATKIT_SCAN_URL", $"{_scanner.Urls.Single()}/scan"), .. settings]);

    private static Task<HttpResponseMessage> PutAsync(BackendHost host, string id) =>
        host.Http.PutAsync(new Uri($"/attachments/{id}", UriKind.Relative), new ByteArrayContent("hello"u8.ToArray()));
}
