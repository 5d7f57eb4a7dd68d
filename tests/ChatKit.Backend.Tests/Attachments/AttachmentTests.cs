using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using ChatKit.Backend.Tests.Hosting;
using ChatKit.ServiceDefaults.Database;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace ChatKit.Backend.Tests.Attachments;

public sealed class AttachmentTests
{
    public static readonly byte[] Png = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 1, 2, 3];

    [SkippableTheory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.PostgreSql)]
    public async Task A_file_is_announced_put_held_by_a_message_got_and_deleted_with_the_thread(DatabaseKind kind)
    {
        await using var host = await BackendHost.StartAsync(Answers.Saying("Nice"), kind);
        var announced = await host.AnnounceAsync("cat.png", "image/png");
        using (var put = await host.Http.PutAsync(Upload(announced), new ByteArrayContent(Png)))
            Assert.Equal(HttpStatusCode.NoContent, put.StatusCode);

        var events = await host.StreamAsync(Message(announced.Id()));
        var held = events[1].GetProperty("item").GetProperty("attachments")[0];
        Assert.Equal((announced.Id(), events.ThreadId(), "image"), (held.Id(), held.GetProperty("thread_id").GetString(), held.Type()));
        Assert.False(held.TryGetProperty("upload_descriptor", out _));

        using (var got = await host.Http.GetAsync(new Uri(held.GetProperty("preview_url").GetString()!)))
        {
            Assert.Equal(Png, await got.Content.ReadAsByteArrayAsync());
            Assert.Equal("image/png", got.Content.Headers.ContentType?.MediaType);
            Assert.Equal("inline; filename=cat.png; filename*=UTF-8''cat.png", got.Content.Headers.ContentDisposition?.ToString());
            Assert.Equal("default-src 'none'; sandbox", got.Headers.GetValues("Content-Security-Policy").Single());
            Assert.Equal("nosniff", got.Headers.GetValues("X-Content-Type-Options").Single());
        }

        await host.AskAsync("threads.delete", $$"""{"thread_id":"{{events.ThreadId()}}"}""");
        await using var database = host.Database.Open();
        Assert.Equal((0, 0), (await database.Attachments.CountAsync(), await database.AttachmentContents.CountAsync()));
    }

    [Fact]
    public async Task A_form_with_a_file_is_an_attachment_at_once()
    {
        await using var host = await BackendHost.StartAsync();
        using var form = Form("notes.md", "text/markdown", "# Hi"u8.ToArray());
        using var response = await host.Http.PostAsync(new Uri("/attachments", UriKind.Relative), form);

        var attachment = JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement;
        Assert.Equal(("file", "notes.md", "text/markdown"), (attachment.Type(), attachment.GetProperty("name").GetString(), attachment.GetProperty("mime_type").GetString()));
        Assert.False(attachment.TryGetProperty("upload_descriptor", out _));
        using var got = await host.Http.GetAsync(new Uri($"/attachments/{attachment.Id()}", UriKind.Relative));
        Assert.Equal("attachment", got.Content.Headers.ContentDisposition?.DispositionType);
    }

    [Fact]
    public async Task The_bytes_may_come_in_a_form_and_come_once()
    {
        await using var host = await BackendHost.StartAsync();
        var announced = await host.AnnounceAsync("a.txt", "text/plain");
        using (var post = await host.Http.PostAsync(Upload(announced), Form("a.txt", "text/plain", "one"u8.ToArray())))
            Assert.Equal(HttpStatusCode.NoContent, post.StatusCode);
        using var again = await host.Http.PutAsync(Upload(announced), new ByteArrayContent("two"u8.ToArray()));
        await again.ProblemAsync(HttpStatusCode.Conflict);
        Assert.Equal("one", await host.Http.GetStringAsync(Upload(announced)));
    }

    [Theory]
    [InlineData("photo.png", "image/png", "<svg onload=alert(1)>")]
    [InlineData("report.pdf", "application/pdf", "MZ not a pdf")]
    [InlineData("a.txt", "text/plain", "nul \0 inside")]
    [InlineData("a.docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "no archive")]
    public async Task Bytes_that_are_not_what_was_announced_are_refused(string name, string type, string content)
    {
        await using var host = await BackendHost.StartAsync();
        var announced = await host.AnnounceAsync(name, type);
        using var put = await host.Http.PutAsync(Upload(announced), new ByteArrayContent(Encoding.UTF8.GetBytes(content)));
        await put.ProblemAsync(HttpStatusCode.UnsupportedMediaType);
        using var got = await host.Http.GetAsync(Upload(announced));
        await got.ProblemAsync(HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("""{"name":"a.exe","size":1,"mime_type":"application/x-msdownload"}""", HttpStatusCode.UnsupportedMediaType)]
    [InlineData("""{"name":"a.svg","size":1,"mime_type":"image/svg+xml"}""", HttpStatusCode.UnsupportedMediaType)]
    [InlineData("""{"name":"a.png","size":99999999,"mime_type":"image/png"}""", HttpStatusCode.RequestEntityTooLarge)]
    [InlineData("""{"name":"a.png","size":-1,"mime_type":"image/png"}""", HttpStatusCode.UnprocessableEntity)]
    [InlineData("""{"name":"  ","size":1,"mime_type":"image/png"}""", HttpStatusCode.UnprocessableEntity)]
    [InlineData("""{"name":"a\r\nb","size":1,"mime_type":"image/png"}""", HttpStatusCode.UnprocessableEntity)]
    [InlineData("""{"name":"a.png","size":"many","mime_type":"image/png"}""", HttpStatusCode.UnprocessableEntity)]
    [InlineData("""{"name":"a.png","size":1}""", HttpStatusCode.UnprocessableEntity)]
    public async Task What_cannot_be_taken_is_refused_when_it_is_announced(string parameters, HttpStatusCode status)
    {
        await using var host = await BackendHost.StartAsync();
        await host.RefusedAsync(status, Calls.Body("attachments.create", parameters));
    }

    [Fact]
    public async Task A_file_beyond_the_limit_is_refused_whatever_was_announced()
    {
        await using var host = await BackendHost.StartAsync();
        var announced = await host.AnnounceAsync("a.txt", "text/plain");
        using var put = await host.Http.PutAsync(Upload(announced), new ByteArrayContent(new byte[(20 * 1024 * 1024) + 1]));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, put.StatusCode);
    }

    [Fact]
    public async Task Nobody_else_sees_puts_sends_or_deletes_it()
    {
        await using var host = await BackendHost.StartAsync();
        var announced = await host.AnnounceAsync("a.txt", "text/plain");

        await host.RefusedAsync(HttpStatusCode.NotFound, Message(announced.Id()), user: "mallory");
        await host.AskAsync("attachments.delete", $$"""{"attachment_id":"{{announced.Id()}}"}""", user: "mallory");
        using (var put = await host.Http.SendAsync(As("mallory", HttpMethod.Put, announced)))
            await put.ProblemAsync(HttpStatusCode.NotFound);
        using (var own = await host.Http.PutAsync(Upload(announced), new ByteArrayContent("mine"u8.ToArray())))
            Assert.Equal(HttpStatusCode.NoContent, own.StatusCode);
        using var get = await host.Http.SendAsync(As("mallory", HttpMethod.Get, announced));
        await get.ProblemAsync(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_message_takes_free_files_of_ones_own_and_stores_nothing_otherwise()
    {
        await using var host = await BackendHost.StartAsync();
        var taken = (await host.AnnounceAsync("a.txt", "text/plain")).Id();
        await host.StreamAsync(Message(taken));

        await host.RefusedAsync(HttpStatusCode.UnprocessableEntity, Message(taken));
        await host.RefusedAsync(HttpStatusCode.NotFound, Message("atc_none"));
        var free = (await host.AnnounceAsync("b.txt", "text/plain")).Id();
        await host.RefusedAsync(HttpStatusCode.UnprocessableEntity, Message(free, free));
        await host.RefusedAsync(HttpStatusCode.UnprocessableEntity, Message([.. Enumerable.Range(0, 10_000).Select(i => $"atc_{i}")]));

        await using var database = host.Database.Open();
        Assert.Equal(1, await database.Threads.CountAsync());
        Assert.Null((await database.Attachments.SingleAsync(row => row.Id == free)).ThreadId);
    }

    private static HttpRequestMessage As(string user, HttpMethod method, JsonElement announced) => new(method, Upload(announced))
    {
        Headers = { { HeaderUser.Header, user } },
        Content = method == HttpMethod.Put ? new ByteArrayContent("x"u8.ToArray()) : null,
    };

    private static Uri Upload(JsonElement announced) => new(announced.GetProperty("upload_descriptor").GetProperty("url").GetString()!);

    private static string Message(params string[] attachments) => Calls.Body(
        "threads.create",
        $$"""{"input":{"content":[],"attachments":[{{string.Join(',', attachments.Select(id => $"\"{id}\""))}}],"inference_options":{} } }""");

    private static MultipartFormDataContent Form(string name, string type, byte[] content) => new()
    {
        { new ByteArrayContent(content) { Headers = { ContentType = new MediaTypeHeaderValue(type) } }, "file", name },
    };
}
