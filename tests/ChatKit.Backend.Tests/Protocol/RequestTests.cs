using System.Net;
using System.Text;
using ChatKit.Backend.Tests.Hosting;
using Xunit;

namespace ChatKit.Backend.Tests.Protocol;

/// <summary>What a client may send, and how it is told what it may not.</summary>
public sealed class RequestTests : IAsyncLifetime
{
    private BackendHost _host = null!;

    public async Task InitializeAsync() => _host = await BackendHost.StartAsync(Answers.Saying("ok"));

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Theory]
    [InlineData("", "not valid JSON")]
    [InlineData("{", "not valid JSON")]
    [InlineData("{\"type\":\"threads.list\",\"params\":{}} x", "not valid JSON")]
    [InlineData("[]", "must be an object with a `type`")]
    [InlineData("{\"params\":{}}", "must be an object with a `type`")]
    [InlineData("{\"type\":7,\"params\":{}}", "must be an object with a `type`")]
    [InlineData("{\"type\":\"threads.fly\",\"params\":{}}", "`type` is unknown")]
    [InlineData("{\"type\":\"threads.list\",\"params\":{\"after\":\"\\ud800\"}}", "half a surrogate pair")]
    [InlineData("{\"type\":\"threads.list\",\"params\":{\"after\":\"a\\u0000\"}}", "U+0000")]
    public async Task What_is_wrong_with_the_envelope_is_400(string body, string detail) =>
        Assert.Contains(detail, await _host.RefusedAsync(HttpStatusCode.BadRequest, body), StringComparison.Ordinal);

    [Theory]
    [InlineData("{\"type\":\"threads.list\"}", "`params` must be an object")]
    [InlineData("{\"type\":\"threads.list\",\"params\":null}", "`params` must be an object")]
    [InlineData("{\"type\":\"threads.list\",\"params\":[]}", "`params` must be an object")]
    [InlineData("{\"type\":\"threads.list\",\"params\":{},\"metadata\":null}", "`metadata` must be an object")]
    [InlineData("{\"type\":\"threads.get_by_id\",\"params\":{}}", "`params` lacks `thread_id`")]
    [InlineData("{\"type\":\"threads.get_by_id\",\"params\":{\"thread_id\":null}}", "`params.thread_id` is not")]
    [InlineData("{\"type\":\"threads.get_by_id\",\"params\":{\"thread_id\":7}}", "`params.thread_id` is not")]
    [InlineData("{\"type\":\"threads.list\",\"params\":{\"order\":\"sideways\"}}", "`params.order` is not")]
    [InlineData("{\"type\":\"threads.list\",\"params\":{\"order\":1}}", "`params.order` is not")]
    [InlineData("{\"type\":\"threads.list\",\"params\":{\"limit\":\"many\"}}", "`params.limit` is not")]
    [InlineData("{\"type\":\"threads.create\",\"params\":{\"input\":{\"attachments\":[],\"inference_options\":{}}}}", "`params.input` lacks `content`")]
    [InlineData("{\"type\":\"threads.create\",\"params\":{\"input\":{\"content\":[]}}}", "`params.input` lacks `attachments`, `inference_options`")]
    [InlineData("{\"type\":\"threads.create\",\"params\":{\"input\":{\"content\":[{\"text\":\"x\"}],\"attachments\":[],\"inference_options\":{}}}}", "without its `type`")]
    [InlineData("{\"type\":\"threads.create\",\"params\":{\"input\":{\"content\":[{\"type\":\"input_smell\"}],\"attachments\":[],\"inference_options\":{}}}}", "`params.input.content[0]")]
    [InlineData("{\"type\":\"threads.create\",\"params\":{\"input\":{\"content\":[],\"attachments\":[],\"inference_options\":{}}}}", "no content and no attachment")]
    [InlineData("{\"type\":\"threads.create\",\"params\":{\"input\":{\"content\":[{\"type\":\"input_text\",\"text\":\" \\n\"}],\"attachments\":[],\"inference_options\":{}}}}", "no content and no attachment")]
    public async Task What_is_wrong_inside_it_is_422_and_says_where(string body, string detail) =>
        Assert.Contains(detail, await _host.RefusedAsync(HttpStatusCode.UnprocessableEntity, body), StringComparison.Ordinal);

    [Fact]
    public async Task Bytes_that_are_no_utf8_are_400()
    {
        byte[] body = [.. "{\"type\":\"threads.list\",\"params\":{\"after\":\""u8, 0xC3, 0x28, .. "\"}}"u8];
        using var content = new ByteArrayContent(body);
        content.Headers.ContentType = new("application/json");
        using var response = await _host.Http.PostAsync(new Uri("/chatkit", UriKind.Relative), content);

        Assert.Equal("The body is not valid UTF-8.", await response.ProblemAsync(HttpStatusCode.BadRequest));
    }

    [Fact]
    public async Task Nesting_without_end_is_400()
    {
        var body = Calls.Body("threads.list", $$"""{"x":{{new string('[', 100_000)}}{{new string(']', 100_000)}}}""");

        Assert.Contains("nested too deeply", await _host.RefusedAsync(HttpStatusCode.BadRequest, body), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_body_over_four_megabytes_is_413_and_the_next_request_works()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/chatkit")
        {
            Content = new StringContent(Calls.Create(new string('x', 20 * 1024 * 1024)), Encoding.UTF8, "application/json"),
        };
        request.Headers.ExpectContinue = true;
        using var response = await _host.Http.SendAsync(request);

        await response.ProblemAsync(HttpStatusCode.RequestEntityTooLarge);
        Assert.Equal(0, (await _host.AskAsync("threads.list", "{}")).GetProperty("data").GetArrayLength());
    }

    [Fact]
    public async Task A_body_that_never_says_its_length_is_413_too()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/chatkit")
        {
            Content = new StreamContent(new MemoryStream(Encoding.UTF8.GetBytes(Calls.Create(new string('x', 5 * 1024 * 1024))))),
        };
        request.Content.Headers.ContentType = new("application/json");
        request.Headers.TransferEncodingChunked = true;
        using var response = await _host.Http.SendAsync(request);

        await response.ProblemAsync(HttpStatusCode.RequestEntityTooLarge);
    }

    [Fact]
    public async Task A_body_not_declared_as_json_is_415() =>
        await _host.RefusedAsync(HttpStatusCode.UnsupportedMediaType, Calls.Body("threads.list", "{}"), contentType: "text/plain");

    [Fact]
    public async Task Another_method_is_405()
    {
        using var response = await _host.Http.GetAsync(new Uri("/chatkit", UriKind.Relative));

        await response.ProblemAsync(HttpStatusCode.MethodNotAllowed);
    }

    [Fact]
    public async Task Another_path_is_404()
    {
        using var response = await _host.Http.PostAsync(new Uri("/chatkit/threads", UriKind.Relative), null);

        await response.ProblemAsync(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Unknown_members_are_ignored_and_type_may_stand_anywhere()
    {
        var events = await _host.StreamAsync(
            """
            {"extra":1,"params":{"input":{"new":true,"content":[{"text":"Hi","later":[],"type":"input_text"}],"attachments":[],"inference_options":{"x":null}}},
             "metadata":{"any":"thing"},"type":"threads.create"}
            """);

        Assert.Equal("Hi", events[1].GetProperty("item").Text());
    }

    [Fact]
    public async Task What_is_refused_stores_nothing()
    {
        await _host.RefusedAsync(HttpStatusCode.UnprocessableEntity, Calls.Create("  "));
        await _host.RefusedAsync(HttpStatusCode.NotFound, Calls.Add("thr_none", "Hi"));

        Assert.Equal(0, (await _host.AskAsync("threads.list", "{}")).GetProperty("data").GetArrayLength());
    }
}
