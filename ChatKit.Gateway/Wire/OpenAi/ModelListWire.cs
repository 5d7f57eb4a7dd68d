using System.Text.Json.Serialization;

namespace ChatKit.Gateway.Wire.OpenAi;

/// <summary>
/// The list of models (https://platform.openai.com/docs/api-reference/models/list):
/// <code>{"object":"list","data":[{"id":"gpt-4o","object":"model","created":1677610602,"owned_by":"openai"}]}</code>
/// </summary>
internal sealed record ModelListWire(IReadOnlyList<ModelWire> Data)
{
    public string Object { get; } = "list";
}

/// <summary>One model. Nobody knows when a name was created: the date is LiteLLM's constant, for clients that require one.</summary>
internal sealed record ModelWire(string Id, string OwnedBy)
{
    public string Object { get; } = "model";

    public long Created { get; } = 1677610602;
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(ModelListWire))]
[JsonSerializable(typeof(ModelWire))]
internal sealed partial class ModelListJson : JsonSerializerContext;
