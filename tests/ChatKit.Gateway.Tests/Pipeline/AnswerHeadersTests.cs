using System.Globalization;
using ChatKit.Gateway.Tests.Hosting;
using ChatKit.Testing.Upstream;
using Xunit;

namespace ChatKit.Gateway.Tests.Pipeline;

public sealed class AnswerHeadersTests : GatewayTest
{
    [Theory]
    [InlineData(Plain)]
    [InlineData(Streamed)]
    public async Task An_answer_says_who_gave_it_and_how_long_it_took(string body)
    {
        using var response = await Gateway.ChatAsync(body);
        Assert.True(Guid.TryParse(Header(response, "x-litellm-call-id"), out _));
        Assert.Equal("d1", Header(response, "x-litellm-model-id"));
        Assert.Equal("gpt", Header(response, "x-litellm-model-group"));
        Assert.Equal(Upstream.ApiBase, Header(response, "x-litellm-model-api-base"));
        Assert.Equal("0", Header(response, "x-litellm-attempted-retries"));
        Assert.Matches(@"^\d+\.\d+\.\d+$", Header(response, "x-litellm-version"));
        var total = double.Parse(Header(response, "x-litellm-response-duration-ms")!, CultureInfo.InvariantCulture);
        var overhead = double.Parse(Header(response, "x-litellm-overhead-duration-ms")!, CultureInfo.InvariantCulture);
        Assert.InRange(overhead, 0, total);
    }

    [Fact]
    public async Task The_providers_headers_are_passed_on_and_its_secrets_are_not()
    {
        Upstream.Then(Replies.Status(200, OpenAiReplies.Completion("x", "m"), "application/json",
            ("x-ratelimit-remaining-tokens", "149984"), ("openai-processing-ms", "42"), ("Set-Cookie", "__cf_bm=secret"), ("Connection", "X-Hop"), ("X-Odd", "caf\u00e9")));
        using var response = await Gateway.ChatAsync(Plain);
        Assert.Equal("149984", Header(response, "x-ratelimit-remaining-tokens"));
        Assert.Equal("149984", Header(response, "llm_provider-x-ratelimit-remaining-tokens"));
        Assert.Equal("42", Header(response, "llm_provider-openai-processing-ms"));
        Assert.DoesNotContain(response.Headers, header => header.Key.Contains("cookie", StringComparison.OrdinalIgnoreCase) || header.Key.Contains("connection", StringComparison.OrdinalIgnoreCase));
        Assert.Null(Header(response, "openai-processing-ms"));
    }

    [Theory]
    [InlineData("call-2026.07_1:a", true)]
    [InlineData("not a token", false)]
    [InlineData("<script>", false)]
    public async Task A_clients_own_call_id_is_kept_where_it_is_harmless(string id, bool kept)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/chat/completions") { Content = new StringContent(Plain) };
        request.Headers.TryAddWithoutValidation("x-litellm-call-id", id);
        using var response = await Gateway.Client.SendAsync(request);
        Assert.Equal(kept, Header(response, "x-litellm-call-id") == id);
    }

    [Fact]
    public async Task An_error_has_the_call_id_too()
    {
        using var response = await Gateway.ChatAsync("{");
        Assert.True(Guid.TryParse(Header(response, "x-litellm-call-id"), out _));
    }

    [Fact]
    public async Task Names_that_fit_into_no_header_do_no_harm_there()
    {
        await using var gateway = await GatewayHost.StartAsync(GatewayHost.At(Upstream, "é\n1") with { GroupName = "modèle" });
        using var response = await gateway.ChatAsync("""{"model":"modèle","messages":[{"role":"user","content":"hi"}],"litellm_\r\nSet-Cookie: é":1}""");
        Assert.Equal(200, (int)response.StatusCode);
        Assert.Equal("mod%C3%A8le", Header(response, "x-litellm-model-group"));
        Assert.Equal("%C3%A9%0A1", Header(response, "x-litellm-model-id"));
        Assert.Equal("litellm_%0D%0ASet-Cookie%3A%20%C3%A9", Header(response, "x-chatkit-losses"));
    }

    [Fact]
    public async Task A_providers_refusal_has_its_headers_too()
    {
        Upstream.Then(OpenAiReplies.RateLimited(5));
        using var response = await Gateway.ChatAsync(Plain);
        Assert.Equal("0", Header(response, "x-ratelimit-remaining-requests"));
        Assert.Equal("0", Header(response, "llm_provider-x-ratelimit-remaining-requests"));
    }

    private static string? Header(HttpResponseMessage response, string name) =>
        response.Headers.TryGetValues(name, out var values) ? values.Single() : null;
}
