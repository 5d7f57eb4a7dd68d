using System.Text.Json.Serialization;
using ChatKit.Gateway.Wire.Json;

namespace ChatKit.Gateway.Providers.Bedrock;

/// <summary>How the records of Bedrock's dialect are read and written.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, MaxDepth = JsonLimits.MaxDepth)]
[JsonSerializable(typeof(ConverseRequest))]
[JsonSerializable(typeof(ConverseAnswer))]
[JsonSerializable(typeof(ConverseEvent))]
[JsonSerializable(typeof(BedrockFault))]
[JsonSerializable(typeof(TokenCount))]
internal sealed partial class BedrockJson : JsonSerializerContext;
