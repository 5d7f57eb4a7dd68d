using System.Net;
using System.Text.Json;
using ChatKit.Gateway.Model;
using ChatKit.Gateway.Tests.Hosting;
using ChatKit.Testing.Upstream;
using Xunit;

namespace ChatKit.Gateway.Tests.Providers.Azure;

/// <summary>What Azure adds to OpenAI's dialect reaches the client.</summary>
public sealed class AzureTests : GatewayTest
{
    private protected override UpstreamDialect Dialect => new AzureDialect();

    private protected override IEnumerable<Deployment> Deployments() =>
    [
        GatewayHost.At(Upstream) with
        {
            Provider = "azure",
            BaseAddress = new Uri(Upstream.Address),
            OperationPath = "openai/deployments/{model}/{operation}?api-version=2024-10-21",
            ApiKey = new Secret(AzureDialect.Key),
            KeyHeader = KeyHeader.ApiKey,
        },
        GatewayHost.At(Upstream, "v1") with
        {
            GroupName = "v1",
            Provider = "azure",
            BaseAddress = new Uri($"{Upstream.Address}/openai/v1"),
            ApiKey = new Secret(AzureDialect.Token),
        },
    ];

    [Fact]
    public async Task The_verdicts_of_the_filter_survive_in_an_answer()
    {
        using var response = await Gateway.ChatAsync(Plain);
        var answer = JsonSerializer.Deserialize<JsonElement>(await response.Content.ReadAsStringAsync());

        Assert.Equal(AzureReplies.Verdict, answer.GetProperty("prompt_filter_results")[0].GetProperty("content_filter_results").GetRawText());
        Assert.Equal(AzureReplies.Verdict, answer.GetProperty("choices")[0].GetProperty("content_filter_results").GetRawText());
    }

    [Fact]
    public async Task The_verdict_on_the_prompt_opens_a_stream_and_is_no_content_yet()
    {
        using var response = await Gateway.ChatAsync(Streamed);
        var lines = (await response.Content.ReadAsStringAsync()).Split("\n\n");

        Assert.StartsWith("""data: {"choices":[],""", lines[0], StringComparison.Ordinal);
        Assert.Contains($"\"prompt_filter_results\":[{{\"prompt_index\":0,\"content_filter_results\":{AzureReplies.Verdict}}}]", lines[0], StringComparison.Ordinal);
        Assert.Contains("\"content\":\"Hello", lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stream_that_fails_behind_its_opening_is_still_a_status()
    {
        Upstream.Then(Replies.Sse([AzureReplies.Opening, """data: {"error":{"code":"server_error","message":"The server had an error."}}""" + "\n\n"]));

        using var response = await Gateway.ChatAsync(Streamed);

        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
    }

    [Fact]
    public async Task A_prompt_that_the_filter_refuses_is_a_content_policy_error()
    {
        Upstream.Then(AzureReplies.Filtered);

        using var response = await Gateway.ChatAsync(Plain);
        var error = await ErrorAnswer.ReadAsync(response);

        Assert.Equal((400, "content_filter", "prompt"), (error.Status, error.Code, error.Param));
        Assert.StartsWith("ContentPolicyViolationError: azure: The response was filtered", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_v1_surface_has_no_version_and_takes_a_token()
    {
        using var response = await Gateway.ChatAsync(Plain.Replace("gpt", "v1", StringComparison.Ordinal));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(("/openai/v1/chat/completions", ""), (Upstream.Requests.Single().Path, Upstream.Requests.Single().Query));
    }
}
