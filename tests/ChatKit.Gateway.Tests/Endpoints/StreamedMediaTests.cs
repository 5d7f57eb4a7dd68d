using System.Text;
using ChatKit.Testing.Upstream;
using Xunit;

namespace ChatKit.Gateway.Tests.Endpoints;

/// <summary>Sound and images on their way through: unread, under their own media type, and never taken for whole when they were cut.</summary>
public sealed class StreamedMediaTests : ModalityTest
{
    [Fact]
    public async Task Sound_passes_under_its_own_media_type()
    {
        using var response = await PostAsync("/v1/audio/speech", """{"model":"gpt","input":"Hi","voice":"alloy"}""");
        Assert.Equal((200, "audio/mpeg"), ((int)response.StatusCode, response.Content.Headers.ContentType!.ToString()));
        Assert.Equal(OpenAiOperationReplies.Sound, await response.Content.ReadAsByteArrayAsync());
        Assert.True(response.Headers.Contains("x-litellm-model-id"));
    }

    [Fact]
    public async Task Sound_begins_before_it_ends()
    {
        var mayEnd = new TaskCompletionSource();
        Upstream.Then(async (_, http) =>
        {
            http.Response.ContentType = "audio/wav";
            await http.Response.Body.WriteAsync("first"u8.ToArray());
            await http.Response.Body.FlushAsync();
            await mayEnd.Task;
            await http.Response.Body.WriteAsync("last"u8.ToArray());
        });
        using var response = await PostAsync("/v1/audio/speech", """{"model":"gpt","input":"Hi","voice":"alloy"}""");
        await using var body = await response.Content.ReadAsStreamAsync();
        var first = new byte[5];
        await body.ReadExactlyAsync(first);
        mayEnd.SetResult();
        Assert.Equal("firstlast", Encoding.ASCII.GetString([.. first, .. await RestAsync(body)]));
    }

    [Fact]
    public async Task Sound_that_is_cut_is_cut_for_the_client_too()
    {
        Upstream.Then(async (_, http) =>
        {
            http.Response.ContentType = "audio/mpeg";
            await http.Response.Body.WriteAsync("first"u8.ToArray());
            await http.Response.Body.FlushAsync();
            await Task.Delay(TimeSpan.FromMilliseconds(150), TimeProvider.System);
            http.Abort();
        });
        using var response = await PostAsync("/v1/audio/speech", """{"model":"gpt","input":"Hi","voice":"alloy"}""");
        await Assert.ThrowsAnyAsync<Exception>(() => response.Content.ReadAsByteArrayAsync());
        await AskAsync("/v1/audio/speech", """{"model":"gpt","input":"Hi","voice":"alloy"}""");
    }

    [Theory]
    [InlineData("/v1/audio/speech", """{"model":"gpt","input":"Hi","voice":"alloy","stream_format":"sse"}""", "speech.audio.done")]
    [InlineData("/v1/images/generations", """{"model":"gpt","prompt":"a","stream":true,"partial_images":1}""", "image_generation.completed")]
    [InlineData("/v1/images/edits", """{"model":"gpt","prompt":"a","images":[],"stream":true}""", "image_edit.completed")]
    public async Task Events_pass_as_they_came(string path, string body, string last)
    {
        using var response = await PostAsync(path, body);
        var events = await response.Content.ReadAsStringAsync();
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType!.MediaType);
        Assert.Contains(last, events, StringComparison.Ordinal);
        using var direct = new HttpClient(new SocketsHttpHandler()) { DefaultRequestHeaders = { { "Authorization", $"Bearer {OpenAiDialect.Key}" } } };
        using var same = await direct.PostAsync(Upstream.Address + path, new StringContent(body, null, "application/json"));
        Assert.Equal(await same.Content.ReadAsStringAsync(), events);
    }

    [Fact]
    public async Task A_stream_that_ends_without_its_last_event_ends_with_an_error()
    {
        Upstream.Then(Replies.Sse([OpenAiOperationReplies.Event("""{"type":"image_generation.partial_image","b64_json":"aGE="}""")]));
        var events = await AskAsync("/v1/images/generations", """{"model":"gpt","prompt":"a","stream":true}""");
        Assert.Contains("the stream ended before the answer was complete", events, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_error_event_before_anything_else_is_a_status()
    {
        Upstream.Then(Replies.Sse([OpenAiOperationReplies.Event("""{"type":"error","error":{"message":"Unsafe.","type":"image_generation_user_error","code":"content_filter"}}""")]));
        var error = await RefusedAsync("/v1/images/generations", """{"model":"gpt","prompt":"a","stream":true}""");
        Assert.Equal((400, "content_filter"), (error.Status, error.Code));
    }

    private static async Task<byte[]> RestAsync(Stream body)
    {
        using var rest = new MemoryStream();
        await body.CopyToAsync(rest);
        return rest.ToArray();
    }
}
