using System.Text.Json.Serialization;
using ChatKit.Gateway.Wire.Json;

namespace ChatKit.Gateway.Wire.Gemini;

/// <summary>How the records of the Gemini dialect are read and written.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    NumberHandling = JsonNumberHandling.AllowReadingFromString,
    MaxDepth = JsonLimits.MaxDepth)]
[JsonSerializable(typeof(GenerateContentRequest))]
[JsonSerializable(typeof(GenerateContentAnswer))]
[JsonSerializable(typeof(GeminiErrorAnswer))]
[JsonSerializable(typeof(GeminiErrorAnswer[]))]
internal sealed partial class GeminiJson : JsonSerializerContext;
