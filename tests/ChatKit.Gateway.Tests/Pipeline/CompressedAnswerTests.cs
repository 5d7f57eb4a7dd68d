using System.IO.Compression;
using System.Text;
using ChatKit.Gateway.Tests.Hosting;
using ChatKit.Testing.Upstream;
using Xunit;

namespace ChatKit.Gateway.Tests.Pipeline;

/// <summary>Compression is not asked for; a provider that compresses all the same is understood.</summary>
public sealed class CompressedAnswerTests : GatewayTest
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Theory]
    [InlineData("gzip")]
    [InlineData("GZIP")]
    [InlineData("x-gzip")]
    [InlineData("deflate")]
    [InlineData("br")]
    [InlineData("identity")]
    [InlineData("br, gzip")]
    public async Task A_compressed_answer_is_read(string coding)
    {
        Upstream.Then(Compressed(coding, "application/json", [OpenAiReplies.Completion("packed", "m")]));
        using (var plain = await Gateway.ChatAsync(Plain))
        {
            Assert.Contains("packed", await plain.Content.ReadAsStringAsync());
            Assert.Empty(plain.Content.Headers.ContentEncoding);
        }

        Upstream.Then(Compressed(coding, "text/event-stream", [.. OpenAiReplies.Stream("packed", "m", withUsage: false)]));
        using var streamed = await Gateway.ChatAsync(Streamed);
        Assert.EndsWith("data: [DONE]\n\n", await streamed.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_compressed_error_is_read_too()
    {
        Upstream.Then(Compressed("gzip", "application/json", ["""{"error":{"message":"too many","type":"requests"}}"""], status: 429));
        using var response = await Gateway.ChatAsync(Plain);
        Assert.Equal((429, "RateLimitError: openai: too many"), ((int)response.StatusCode, (await ErrorAnswer.ReadAsync(response)).Message));
    }

    [Fact]
    public async Task A_compressed_event_does_not_wait_for_the_next()
    {
        var go = new SemaphoreSlim(0);
        Upstream.Then(async (_, http) =>
        {
            (http.Response.ContentType, http.Response.Headers.ContentEncoding) = ("text/event-stream", "gzip");
            await using var packed = new GZipStream(http.Response.Body, CompressionLevel.Fastest, leaveOpen: true);
            foreach (var word in (string[])["a", "b"])
            {
                await packed.WriteAsync(Encoding.UTF8.GetBytes($$$"""data: {"choices":[{"delta":{"content":"{{{word}}}"}}]}""" + "\n\n"));
                await packed.FlushAsync();
                await http.Response.Body.FlushAsync();
                await go.WaitAsync(Patience);
            }
        });
        using var response = await Gateway.ChatAsync(Streamed).WaitAsync(Patience);
        using var body = new StreamReader(await response.Content.ReadAsStreamAsync());
        Assert.Contains("\"a\"", await body.ReadLineAsync().WaitAsync(Patience));
        go.Release();
        await body.ReadLineAsync().WaitAsync(Patience);
        Assert.Contains("\"b\"", await body.ReadLineAsync().WaitAsync(Patience));
        go.Release();
    }

    [Theory]
    [InlineData("zstd", "compressed in a way that was not asked for")]
    [InlineData("gzip", "not framed as its dialect promises")]
    public async Task What_cannot_be_unpacked_is_a_clear_error(string coding, string message)
    {
        foreach (var body in (string[])[Plain, Streamed])
        {
            Upstream.Then(Replies.Status(200, OpenAiReplies.Completion("not packed at all", "m"), "application/json", ("Content-Encoding", coding)));
            using var response = await Gateway.ChatAsync(body);
            var error = await ErrorAnswer.ReadAsync(response);
            Assert.Equal(502, error.Status);
            Assert.Contains(message, error.Message);
        }

        await NextCallWorksAsync();
    }

    private static Reply Compressed(string coding, string contentType, string[] pieces, int status = 200) => async (_, http) =>
    {
        http.Response.StatusCode = status;
        (http.Response.ContentType, http.Response.Headers.ContentEncoding) = (contentType, coding);
        var packed = new MemoryStream();
        await using (var packing = coding.Split(", ").Reverse().Aggregate((Stream)packed, Pack)) await packing.WriteAsync(Encoding.UTF8.GetBytes(string.Concat(pieces)));
        await http.Response.Body.WriteAsync(packed.ToArray());
    };

    /// <summary>The coding that is named last is the outermost.</summary>
    private static Stream Pack(Stream into, string coding) => coding.ToLowerInvariant() switch
    {
        "br" => new BrotliStream(into, CompressionLevel.Fastest),
        "deflate" => new ZLibStream(into, CompressionLevel.Fastest),
        "identity" => into,
        _ => new GZipStream(into, CompressionLevel.Fastest),
    };
}
