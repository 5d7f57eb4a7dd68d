using System.Text.Json;
using System.Text.Json.Serialization;
using ChatKit.Gateway.Providers.Translation;
using ChatKit.Gateway.Wire.Json;

namespace ChatKit.Gateway.Providers.Embeddings;

/// <summary>An embeddings request (https://platform.openai.com/docs/api-reference/embeddings/create) as typed members, for translation into another dialect.</summary>
internal sealed record EmbeddingRequest
{
    public JsonElement? Input { get; init; }

    public string? Model { get; init; }

    public string? EncodingFormat { get; init; }

    public JsonElement? Dimensions { get; init; }

    public string? User { get; init; }

    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Others { get; set; }

    /// <summary>The request with the deployment's defaults where the client set none; null where it is none.</summary>
    public static EmbeddingRequest? Read(ModelCall call)
    {
        try
        {
            return JsonUnicode.Read(ChatRequestReader.WithDefaults(call).Span, EmbeddingsJson.Default.EmbeddingRequest);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>The texts in their order; null where the input is something else.</summary>
    public IReadOnlyList<string>? Texts() => Input switch
    {
        { ValueKind: JsonValueKind.String } text => [text.GetString()!],
        { ValueKind: JsonValueKind.Array } many when many.GetArrayLength() > 0 && many.EnumerateArray().All(static text => text.ValueKind is JsonValueKind.String) =>
            [.. many.EnumerateArray().Select(static text => text.GetString()!)],
        _ => null,
    };

    /// <summary>One of <see cref="Others"/>, for a dialect that has a word for it.</summary>
    public JsonElement? Take(string name) => Others is not null && Others.Remove(name, out var value) && value.ValueKind is not JsonValueKind.Null ? value : null;

    /// <summary>What nobody took and is the provider's own; the gateway's own fields are lost.</summary>
    public Dictionary<string, JsonElement>? Own(ICollection<string> losses)
    {
        Dictionary<string, JsonElement>? own = null;
        foreach (var (name, value) in Others ?? [])
        {
            if (value.ValueKind is JsonValueKind.Null || GatewayFields.IsObeyed(name)) continue;
            if (GatewayFields.Contains(name) || name is "metadata") losses.Add(name);
            else (own ??= [])[name] = value;
        }

        return own;
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, MaxDepth = JsonLimits.MaxDepth)]
[JsonSerializable(typeof(EmbeddingRequest))]
internal sealed partial class EmbeddingsJson : JsonSerializerContext;
