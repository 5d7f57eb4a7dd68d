using System.Text.Json;
using ChatKit.Gateway.Model;
using ChatKit.Gateway.Tests.Hosting;
using ChatKit.Testing.Upstream;

namespace ChatKit.Gateway.Tests.Providers.Conformance;

/// <summary>Gemini on AI Studio.</summary>
public class GeminiSubject : Subject
{
    public override UpstreamDialect Dialect { get; } = new GeminiDialect();

    public override string UnknownMember => "Unknown name \"brand_new\": Cannot find field.";

    public override Reply NewMembers => Replies.Json(
        """{"candidates":[{"content":{"parts":[{"aura":{"hue":1}},{"text":"Known","aura":[]}],"role":"model"},"finishReason":"STOP","index":0,"aura":1}],"usageMetadata":{"promptTokenCount":1,"auraTokenCount":9},"aura":{"hue":[1]}}""");

    public override Reply NewEvents => Replies.Sse(
    [
        "event: aura\r\ndata: {\"aura\":1}\r\n\r\n",
        GeminiReplies.Event("""{"candidates":[{"content":{"parts":[{"text":"Known","aura":2}],"role":"model"},"index":0,"aura":1}]}"""),
        GeminiReplies.Event("""{"candidates":[{"content":{"parts":[{"aura":1}],"role":"model"},"finishReason":"STOP","index":0}]}"""),
    ]);

    public override Reply ToolCalls => (request, http) =>
    {
        const string Weather = """{"functionCall":{"name":"weather","args":{"city":"Paris"},"id":"call_1"},"thoughtSignature":"c2lnbmF0dXJl"}""";
        const string Now = """{"functionCall":{"name":"now","args":{},"id":"call_2"}}""";
        var reply = GeminiReplies.IsStream(request)
            ? Replies.Sse([GeminiReplies.Event(GeminiReplies.Answer(Weather, null, 4)), GeminiReplies.Event(GeminiReplies.Answer(Now, "STOP", 9))])
            : Replies.Json(GeminiReplies.Answer($"{Weather},{Now}", "STOP", 9));
        return reply(request, http);
    };

    /// <summary>With the signature in it that the call came with.</summary>
    public override string FirstCall => "call_1__thought__c2lnbmF0dXJl";

    public override Reply Text(string text, TimeSpan delay = default) => GeminiReplies.Text(text, delay);

    public override Reply Failure(int status, string message, params (string, string)[] headers) => GeminiReplies.Error(status, message, "some_error", null, headers);

    public override Reply ErrorInStream(int words) => GeminiReplies.ErrorInStream(words, Apart);

    public override Reply BrokenStream(int words, SseEnd ending) => GeminiReplies.BrokenStream(words, ending, Apart);

    public override string? FirstSaid(JsonElement body) => body.GetProperty("contents")[0].GetProperty("parts")[0].GetProperty("text").GetString();

    internal override Deployment At(FakeUpstream upstream) => GatewayHost.At(upstream) with
    {
        Provider = "gemini",
        UpstreamModel = "gemini-3.5-flash",
        ApiKey = new Secret(GeminiDialect.Key),
        KeyHeader = KeyHeader.XGoogApiKey,
    };
}

/// <summary>Gemini on Vertex AI.</summary>
public sealed class VertexSubject : GeminiSubject
{
    public override UpstreamDialect Dialect { get; } = new VertexDialect();

    internal override Deployment At(FakeUpstream upstream) => GatewayHost.At(upstream) with
    {
        Provider = "vertex_ai",
        UpstreamModel = "gemini-2.5-flash",
        ApiKey = new Secret(GeminiDialect.Key),
        KeyHeader = KeyHeader.XGoogApiKey,
    };
}
