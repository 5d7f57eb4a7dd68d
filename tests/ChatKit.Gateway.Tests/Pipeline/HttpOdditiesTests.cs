using System.Text;
using ChatKit.Gateway.Tests.Hosting;
using ChatKit.Testing.Upstream;
using Xunit;

namespace ChatKit.Gateway.Tests.Pipeline;

/// <summary>What HTTP allows and few servers do.</summary>
public sealed class HttpOdditiesTests : GatewayTest
{
    private static readonly string Answer = OpenAiReplies.Completion("odd but right", "m");

    public static TheoryData<string, string> Odd() => new()
    {
        { "an interim 100", "HTTP/1.1 100 Continue\r\n\r\n" + Whole() },
        { "early hints", "HTTP/1.1 103 Early Hints\r\nLink: </x>; rel=preload\r\n\r\n" + Whole() },
        { "no length, the end is the end", "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n\r\n" + Answer },
        { "HTTP/1.0", "HTTP/1.0 200 OK\r\nContent-Type: application/json\r\n\r\n" + Answer },
        { "chunks with extensions and a trailer", $"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n{Encoding.UTF8.GetByteCount(Answer):x};x=1\r\n{Answer}\r\n0\r\nX-Trailer: 1\r\n\r\n" },
    };

    [Theory]
    [MemberData(nameof(Odd))]
    public async Task An_odd_answer_is_an_answer(string what, string answer)
    {
        await using var upstream = RawUpstream.Answering(answer);
        await using var gateway = await GatewayHost.StartAsync(GatewayHost.At(upstream.ApiBase));
        using var response = await gateway.ChatAsync(Plain);
        Assert.True((await response.Content.ReadAsStringAsync()).Contains("odd but right", StringComparison.Ordinal), what);
    }

    [Theory]
    [InlineData("SSH-2.0-OpenSSH_9.6\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 10\r\nContent-Length: 11\r\n\r\n{}")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n")]
    [InlineData("HTTP/2 200\r\n\r\n")]
    [InlineData("")]
    public async Task What_is_not_HTTP_is_a_502(string answer)
    {
        await using var upstream = RawUpstream.Answering(answer);
        await using var gateway = await GatewayHost.StartAsync(GatewayHost.At(upstream.ApiBase));
        foreach (var body in (string[])[Plain, Streamed])
        {
            using var response = await gateway.ChatAsync(body);
            Assert.Equal(502, (await ErrorAnswer.ReadAsync(response)).Status);
        }
    }

    [Theory]
    [InlineData(Plain, 200)]
    [InlineData("{", 400)]
    public async Task A_client_that_waits_to_be_told_to_send_its_body_is_told(string body, int status)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/chat/completions") { Content = new StringContent(body) };
        request.Headers.ExpectContinue = true;
        using var response = await Gateway.Client.SendAsync(request);
        Assert.Equal(status, (int)response.StatusCode);
    }

    [Fact]
    public async Task A_client_that_waits_is_refused_without_its_body()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/chat/completions") { Content = new StringContent(Plain) };
        request.Headers.ExpectContinue = true;
        request.Headers.Authorization = new("Bearer", "sk-somebody-else");
        using var response = await Gateway.Client.SendAsync(request);
        Assert.Equal(401, (int)response.StatusCode);
    }

    private static string Whole() => $"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {Encoding.UTF8.GetByteCount(Answer)}\r\n\r\n{Answer}";
}
