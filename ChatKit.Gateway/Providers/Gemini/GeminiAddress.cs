using ChatKit.Gateway.Providers.Google;

namespace ChatKit.Gateway.Providers.Gemini;

/// <summary>Where a method of a model is called.</summary>
internal static class GeminiAddress
{
    /// <summary>Sets address, credential and the deployment's own headers.</summary>
    public static void Begin(this UpstreamRequest request, ModelCall call, GeminiHost host, string method)
    {
        var model = call.UpstreamModel;
        request.Begin(call, host is GeminiHost.Vertex ? VertexModel.Operation(model, method) : $"{Resource(model)}:{method}");
    }

    /// <summary>An answer, whole or as server-sent events, which Google sends only where the address asks for them.</summary>
    public static void BeginContent(this UpstreamRequest request, ModelCall call, GeminiHost host) =>
        request.Begin(call, host, call.Envelope.Stream ? "streamGenerateContent?alt=sse" : "generateContent");

    /// <summary>https://ai.google.dev/api/generate-content: a model, or one of the caller's own tuning.</summary>
    private static string Resource(string model) =>
        model.StartsWith("tunedModels/", StringComparison.Ordinal) || model.StartsWith("models/", StringComparison.Ordinal) ? model : $"models/{Uri.EscapeDataString(model)}";
}
