using System.Text.Json;
using ChatKit.Backend.Tests.Attachments;
using ChatKit.Backend.Tests.Hosting;
using ChatKit.Testing.Upstream;
using Xunit;

namespace ChatKit.Backend.Tests.Agent;

/// <summary>What a model is told of the files of a conversation, by the request that the gateway receives.</summary>
public sealed class AttachedFilesTests : IAsyncLifetime
{
    private FakeUpstream _gateway = null!;
    private BackendHost _host = null!;

    public async Task InitializeAsync()
    {
        _gateway = await FakeUpstream.StartAsync(new GatewayDialect("demo"));
        _host = await BackendHost.StartAsync(gateway: _gateway.ApiBase);
    }

    public async Task DisposeAsync()
    {
        await _host.DisposeAsync();
        await _gateway.DisposeAsync();
    }

    [Fact]
    public async Task Images_and_pdfs_go_as_such_text_as_text_and_what_never_came_by_name()
    {
        var image = await SendAsync("cat.png", "image/png", AttachmentTests.Png);
        var text = await SendAsync("notes.txt", "text/plain", "remember the milk"u8.ToArray());
        var pdf = await SendAsync("a.pdf", "application/pdf", "%PDF-1.7 …"u8.ToArray());
        var missing = (await _host.AnnounceAsync("late.txt", "text/plain")).Id();

        await _host.StreamAsync(Message("Look", image, text, pdf, missing));

        var parts = _gateway.Requests[^1].Json.GetProperty("messages")[1].GetProperty("content").EnumerateArray().ToList();
        Assert.Equal(["text", "image_url", "text", "file", "text"], parts.Select(part => part.Type()));
        Assert.Equal($"data:image/png;base64,{Convert.ToBase64String(AttachmentTests.Png)}", parts[1].GetProperty("image_url").GetProperty("url").GetString());
        Assert.Equal("<file name=\"notes.txt\">\nremember the milk\n</file>", parts[2].GetProperty("text").GetString());
        Assert.Equal("a.pdf", parts[3].GetProperty("file").GetProperty("filename").GetString());
        Assert.Equal("[the file late.txt is not at hand]", parts[4].GetProperty("text").GetString());
    }

    [Fact]
    public async Task A_message_of_text_files_alone_is_plain_text()
    {
        await _host.StreamAsync(Message("Read", await SendAsync("a.md", "text/markdown", "# A"u8.ToArray())));
        Assert.Equal(
            "Read\n\n<file name=\"a.md\">\n# A\n</file>",
            _gateway.Requests[^1].Json.GetProperty("messages")[1].GetProperty("content").GetString());
    }

    private async Task<string> SendAsync(string name, string type, byte[] content)
    {
        var announced = await _host.AnnounceAsync(name, type);
        using var put = await _host.Http.PutAsync(new Uri(announced.GetProperty("upload_descriptor").GetProperty("url").GetString()!), new ByteArrayContent(content));
        put.EnsureSuccessStatusCode();
        return announced.Id();
    }

    private static string Message(string text, params string[] attachments) => Calls.Body(
        "threads.create",
        $$"""{"input":{"content":[{"type":"input_text","text":"{{text}}"}],"attachments":{{JsonSerializer.Serialize(attachments)}},"inference_options":{} } }""");
}
