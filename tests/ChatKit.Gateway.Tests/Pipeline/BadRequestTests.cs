using System.Net.Http.Headers;
using System.Text;
using ChatKit.Gateway.Tests.Hosting;
using Xunit;

namespace ChatKit.Gateway.Tests.Pipeline;

/// <summary>What clients send wrongly: the right status, OpenAI's shape, no call to the provider, and the next request works.</summary>
public sealed class BadRequestTests : GatewayTest
{
    [Theory]
    [InlineData("{", "request_body")]
    [InlineData("", "request_body")]
    [InlineData("""{"model":"gpt"}""", "messages")]
    [InlineData("""{"model":"gpt","messages":[]}""", "messages")]
    [InlineData("""{"model":"gpt","messages":"hi"}""", "messages")]
    [InlineData("""{"messages":[{"role":"user","content":"hi"}]}""", "model")]
    [InlineData("""{"model":"","messages":[{"role":"user","content":"hi"}]}""", "model")]
    [InlineData("""{"model":["gpt"],"messages":[{"role":"user","content":"hi"}]}""", "model")]
    [InlineData("""{"model":"gpt","messages":[{"role":"user","content":"hi"}],"stream":"yes"}""", "stream")]
    [InlineData("""{"model":"gpt-unknown","messages":[{"role":"user","content":"hi"}]}""", "model")]
    [InlineData("""{"model":"http://169.254.169.254/latest","messages":[{"role":"user","content":"hi"}]}""", "model")]
    [InlineData("""{"model":"../../etc/passwd","messages":[{"role":"user","content":"hi"}]}""", "model")]
    [InlineData("""{"model":"gpt","api_base":"http://169.254.169.254","messages":[{"role":"user","content":"hi"}]}""", "api_base")]
    public async Task A_bad_body_is_a_400_that_names_the_member(string body, string param)
    {
        using var response = await Gateway.ChatAsync(body);
        var error = await ErrorAnswer.ReadAsync(response);
        Assert.Equal((400, "invalid_request_error", param, "400"), (error.Status, error.Type, error.Param, error.Code));
        Assert.Empty(Upstream.Requests);
        await NextCallWorksAsync();
    }

    [Fact]
    public async Task An_unknown_model_is_named_but_not_at_any_length()
    {
        using var response = await Gateway.ChatAsync($$"""{"model":"{{new string('z', 100_000)}}","messages":[{"role":"user","content":"hi"}]}""");
        var error = await ErrorAnswer.ReadAsync(response);
        Assert.StartsWith("Invalid model name passed in model=zzz", error.Message);
        Assert.InRange(error.Message.Length, 100, 500);
    }

    [Theory]
    [InlineData("nested", 400)]
    [InlineData("utf-8", 400)]
    public async Task Hostile_bytes_are_a_400(string kind, int status)
    {
        byte[] body = kind == "nested"
            ? Encoding.UTF8.GetBytes(new string('[', 1_000_000))
            : [.. "{\"model\":\"gpt\",\"messages\":[{\"role\":\"user\",\"content\":\""u8, 0xC3, 0x28, .. "\"}]}"u8];
        using var response = await Gateway.Client.PostAsync("/v1/chat/completions", new ByteArrayContent(body));
        Assert.Equal(status, (await ErrorAnswer.ReadAsync(response)).Status);
        await NextCallWorksAsync();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_body_over_the_limit_is_a_413(bool declaresItsLength)
    {
        using var content = new ByteArrayContent(new byte[(32 * 1024 * 1024) + 1]);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/chat/completions") { Content = content };
        request.Headers.TransferEncodingChunked = !declaresItsLength;
        request.Headers.ExpectContinue = declaresItsLength;
        using var response = await Gateway.Client.SendAsync(request);
        var error = await ErrorAnswer.ReadAsync(response);
        Assert.Equal((413, "The request body is larger than 32 MB."), (error.Status, error.Message));
        await NextCallWorksAsync();
    }

    [Theory]
    [InlineData("POST", "/v1/chat/completion", 404)]
    [InlineData("GET", "/nothing/here", 404)]
    [InlineData("POST", "/v1/chat/completions/", 200)]
    [InlineData("GET", "/v1/chat/completions", 405)]
    [InlineData("PUT", "/chat/completions", 405)]
    [InlineData("DELETE", "/engines/gpt/chat/completions", 405)]
    public async Task An_unknown_path_is_a_404_and_a_wrong_method_a_405(string method, string path, int status)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path) { Content = method == "GET" ? null : new StringContent(Plain) };
        using var response = await Gateway.Client.SendAsync(request);
        Assert.Equal(status, (int)response.StatusCode);
        if (status == 200) return;
        var error = await ErrorAnswer.ReadAsync(response);
        Assert.Equal(("invalid_request_error", status.ToString(System.Globalization.CultureInfo.InvariantCulture)), (error.Type, error.Code));
        if (status == 405) Assert.Equal(["POST"], response.Content.Headers.Allow);
    }

    [Theory]
    [InlineData("x-litellm-timeout", "soon")]
    [InlineData("x-litellm-timeout", "-1")]
    [InlineData("x-litellm-stream-timeout", "NaN")]
    [InlineData("x-litellm-num-retries", "many")]
    [InlineData("x-litellm-num-retries", "1000")]
    public async Task A_header_that_says_nothing_sensible_is_a_400(string header, string value)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/chat/completions") { Content = new StringContent(Plain) };
        request.Headers.Add(header, value);
        using var response = await Gateway.Client.SendAsync(request);
        Assert.Equal((400, header), ((int)response.StatusCode, (await ErrorAnswer.ReadAsync(response)).Param));
    }

    [Fact]
    public async Task A_client_that_leaves_in_the_middle_of_its_body_harms_nobody()
    {
        using (var socket = new System.Net.Sockets.TcpClient(Gateway.Address.Host, Gateway.Address.Port))
        {
            var head = $"POST /v1/chat/completions HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {GatewayHost.MasterKey}\r\nContent-Length: 1000\r\n\r\n{{\"model\"";
            await socket.GetStream().WriteAsync(Encoding.ASCII.GetBytes(head));
        }

        await NextCallWorksAsync();
        Assert.Single(Upstream.Requests);
        Assert.DoesNotContain(Gateway.Logs.All, line => line.StartsWith("Error", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Bearer sk-wrong-key-0123456789", "token_not_found_in_db", "****6789")]
    [InlineData("Bearer not-a-virtual-key-0123", "auth_error", "expected to start with 'sk-'")]
    [InlineData("Bearer sk-", "token_not_found_in_db", "****")]
    [InlineData("Bearer ", "auth_error", "No api key passed in")]
    [InlineData(null, "auth_error", "No api key passed in")]
    public async Task A_wrong_key_is_a_401_that_does_not_repeat_it(string? authorization, string type, string message)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/chat/completions") { Content = new StringContent("not even JSON") };
        Gateway.Client.DefaultRequestHeaders.Authorization = null;
        if (authorization is not null) request.Headers.TryAddWithoutValidation("Authorization", authorization);
        using var response = await Gateway.Client.SendAsync(request);
        var error = await ErrorAnswer.ReadAsync(response);
        Assert.Equal((401, type), (error.Status, error.Type));
        Assert.Contains(message, error.Message);
        Assert.DoesNotContain(authorization?[7..] is { Length: > 3 } key ? key : "no key", error.Message);
        Gateway.Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", GatewayHost.MasterKey);
        await NextCallWorksAsync();
    }
}
