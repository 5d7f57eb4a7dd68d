using System.Buffers;
using System.Text;
using System.Text.Json;
using ChatKit.Gateway.Errors;
using ChatKit.Gateway.Model;
using ChatKit.Gateway.Providers;
using ChatKit.Gateway.Providers.Bedrock;
using ChatKit.Testing.Upstream;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace ChatKit.Gateway.Tests.Providers.Bedrock;

/// <summary>What one chat request becomes for a model on Bedrock, and whether the strict fake takes it.</summary>
internal sealed record Sent(JsonElement Body, string Json, IReadOnlyList<string> Losses)
{
    public const string Claude = "eu.anthropic.claude-sonnet-4-5-20250929-v1:0";
    public const string Nova = "amazon.nova-pro-v1:0";

    private static readonly BedrockProvider Provider = new(new FakeTimeProvider(DateTimeOffset.FromUnixTimeSeconds(1_760_000_000)));

    /// <summary>The members of a chat request (a greeting besides, where it has no <c>messages</c>) as the provider gets them.</summary>
    public static Sent To(string model, string members, ParameterPolicy? policy = null)
    {
        var request = new UpstreamRequest();
        Assert.Null(Provider.WriteRequest(Call(model, members, policy), request));
        var body = JsonSerializer.Deserialize<JsonElement>(request.Body.WrittenSpan);
        Assert.Null(BedrockRequestRules.Refuse(body));
        return new Sent(body, Encoding.UTF8.GetString(request.Body.WrittenSpan), request.Losses);
    }

    public static GatewayError Refused(string model, string members) => Assert.IsType<GatewayError>(Provider.WriteRequest(Call(model, members, null), new UpstreamRequest()));

    /// <summary>A whole answer as the client gets it.</summary>
    public static JsonElement Answer(string content, string stopReason = "end_turn", string others = "")
    {
        var output = new ArrayBufferWriter<byte>();
        var answer = $$$"""{"output":{"message":{"role":"assistant","content":{{{content}}}}},"stopReason":"{{{stopReason}}}","usage":{"inputTokens":3,"outputTokens":5,"cacheReadInputTokens":4,"cacheWriteInputTokens":2}{{{others}}}}""";
        Assert.Null(Provider.ReadAnswer(Calls.Call("{}"), Encoding.UTF8.GetBytes(answer), output, out _));
        return JsonSerializer.Deserialize<JsonElement>(output.WrittenSpan);
    }

    private static ModelCall Call(string model, string members, ParameterPolicy? policy)
    {
        var body = members.Contains("\"messages\"", StringComparison.Ordinal) ? $$"""{ {{members}} }""" : $$"""{"messages":[{"role":"user","content":"Hi"}],{{members}} }""";
        var call = Calls.Call(body);
        return call with { UpstreamModel = model, Deployment = call.Deployment with { Parameters = policy ?? ParameterPolicy.Default } };
    }
}
