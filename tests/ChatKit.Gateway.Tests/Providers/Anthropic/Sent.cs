using System.Buffers;
using System.Text;
using System.Text.Json;
using ChatKit.Gateway.Errors;
using ChatKit.Gateway.Model;
using ChatKit.Gateway.Providers;
using ChatKit.Gateway.Providers.Anthropic;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace ChatKit.Gateway.Tests.Providers.Anthropic;

/// <summary>What one chat request becomes for a model, and whether the strict fake of the provider takes it.</summary>
internal sealed record Sent(JsonElement Body, IReadOnlyList<string> Losses)
{
    public static AnthropicProvider Provider { get; } = new(new FakeTimeProvider(DateTimeOffset.FromUnixTimeSeconds(1_760_000_000)));

    /// <summary>The members of a chat request (<c>messages</c> besides, where it has none) as the provider gets them.</summary>
    public static Sent To(string model, string members, ParameterPolicy? policy = null)
    {
        var request = new UpstreamRequest();
        Assert.Null(Provider.WriteRequest(Call(model, members, policy), request));
        Calls.AssertAccepted(request);
        return new Sent(JsonSerializer.Deserialize<JsonElement>(request.Body.WrittenSpan), request.Losses);
    }

    public static GatewayError Refused(string model, string members, ParameterPolicy? policy = null) =>
        Assert.IsType<GatewayError>(Provider.WriteRequest(Call(model, members, policy), new UpstreamRequest()));

    /// <summary>A member by its path, as JSON; null where it is not there.</summary>
    public string? this[string path]
    {
        get
        {
            var value = Body;
            foreach (var step in path.Split('.'))
                if (!(int.TryParse(step, out var index) ? Element(value, index, out value) : value.TryGetProperty(step, out value)))
                    return null;
            return value.GetRawText();
        }
    }

    /// <summary>The first choice of a whole answer.</summary>
    public static JsonElement Choice(string content, string stopReason, string usage = """{"input_tokens":1,"output_tokens":2}""")
    {
        var output = new ArrayBufferWriter<byte>();
        var answer = $$"""{"id":"msg_1","type":"message","content":{{content}},"stop_reason":"{{stopReason}}","usage":{{usage}} }""";
        Assert.Null(Provider.ReadAnswer(Calls.Call("{}"), Encoding.UTF8.GetBytes(answer), output, out _));
        return JsonSerializer.Deserialize<JsonElement>(output.WrittenSpan).GetProperty("choices")[0];
    }

    private static bool Element(JsonElement array, int index, out JsonElement element)
    {
        element = index < array.GetArrayLength() ? array[index] : default;
        return index < array.GetArrayLength();
    }

    private static ModelCall Call(string model, string members, ParameterPolicy? policy)
    {
        var body = members.Contains("\"messages\"", StringComparison.Ordinal) ? $$"""{ {{members}} }""" : $$"""{"messages":[{"role":"user","content":"Hi"}],{{members}} }""";
        var call = Calls.Call(body);
        return call with { UpstreamModel = model, Deployment = call.Deployment with { Parameters = policy ?? ParameterPolicy.Default } };
    }
}
