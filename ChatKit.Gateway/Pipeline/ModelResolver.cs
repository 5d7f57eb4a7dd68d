using ChatKit.Gateway.Errors;

namespace ChatKit.Gateway.Pipeline;

/// <summary>Stage 3: what the client means by the model's name. The path of the request may name it in place of the body.</summary>
internal static class ModelResolver
{
    public static GatewayError? Resolve(GatewayCall call, string? modelOfPath)
    {
        var name = modelOfPath ?? call.Envelope.Model ?? call.Operation.DefaultModel;
        if (string.IsNullOrEmpty(name)) return new GatewayError(400, "invalid_request_error", "Missing required parameter: 'model'.", "model");
        call.ClientModel = name;
        // What the caller's key or team has another name for, the client goes on calling by its own.
        call.Match = call.Snapshot.Resolve(call.Caller!.Aliases.GetValueOrDefault(name, name));
        return call.Match is null ? Unknown(name) : null;
    }

    private static GatewayError Unknown(string name)
    {
        const int Longest = 200;
        var shown = name.Length <= Longest ? name : string.Concat(name.AsSpan(0, Longest), "…");
        return new GatewayError(400, "invalid_request_error", $"Invalid model name passed in model={shown}. Call `/v1/models` to view available models for your key.", "model");
    }
}
