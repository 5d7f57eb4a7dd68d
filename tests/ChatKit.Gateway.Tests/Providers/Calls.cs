using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using ChatKit.Gateway.Model;
using ChatKit.Gateway.Providers;
using ChatKit.Gateway.Wire;
using ChatKit.Testing.Upstream;
using Xunit;

namespace ChatKit.Gateway.Tests.Providers;

/// <summary>Chat calls as the pipeline would hand them to a provider.</summary>
internal static class Calls
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>A call with this body to a deployment with a key.</summary>
    public static ModelCall Call(string body, bool stream = false, bool includeUsage = false) => new(
        new CallEnvelope { Model = "claude", Stream = stream, IncludeUsage = includeUsage },
        Encoding.UTF8.GetBytes(body),
        Deployment,
        "claude-sonnet-4-6",
        "claude");

    /// <summary>Where the calls go.</summary>
    public static Deployment Deployment { get; } = new()
    {
        Id = "deployment-1",
        GroupName = "claude",
        Provider = "anthropic",
        UpstreamModel = "claude-sonnet-4-6",
        BaseAddress = new Uri("https://api.anthropic.com/v1"),
        ApiKey = new Secret("sk-ant-secret"),
        Timeouts = CallTimeouts.Default,
    };

    /// <summary>Asserts that the strict fake of the provider takes the request.</summary>
    public static void AssertAccepted(UpstreamRequest request) => Assert.Null(AnthropicRequestRules.Refuse(JsonSerializer.Deserialize<JsonElement>(request.Body.WrittenSpan)));

    /// <summary>The same JSON over many lines, for people.</summary>
    public static string Pretty(ReadOnlySpan<byte> json) => JsonSerializer.Serialize(JsonSerializer.Deserialize<JsonElement>(json), Indented) + "\n";
}
