using ChatKit.Gateway.Providers.Google;

namespace ChatKit.Gateway.Providers.Gemini;

/// <summary>Where a method of a model is called, and by which key or token.</summary>
internal sealed class GeminiAddress(GeminiHost host, GoogleTokens tokens)
{
    /// <summary>Sets address, credential and the deployment's own headers.</summary>
    public void Begin(UpstreamRequest request, ModelCall call, string method)
    {
        var model = call.UpstreamModel;
        request.Address = call.Deployment.AddressOf(host is GeminiHost.Vertex ? VertexModel.Operation(model, method) : $"{Resource(model)}:{method}", model);
        if (call.Deployment.ApiKey is { } key) request.Headers.Add(new("x-goog-api-key", key.Reveal()));
        else if (call.Deployment.Google is { } identity) request.Token = tokens.Of(identity);
        request.Headers.AddRange(call.Deployment.Headers);
    }

    /// <summary>Server-sent events, which Google sends only where the address asks for them.</summary>
    public void BeginContent(UpstreamRequest request, ModelCall call) =>
        Begin(request, call, call.Envelope.Stream ? "streamGenerateContent?alt=sse" : "generateContent");

    /// <summary>https://ai.google.dev/api/generate-content: a model, or one of the caller's own tuning.</summary>
    private static string Resource(string model) =>
        model.StartsWith("tunedModels/", StringComparison.Ordinal) || model.StartsWith("models/", StringComparison.Ordinal) ? model : $"models/{Uri.EscapeDataString(model)}";
}
