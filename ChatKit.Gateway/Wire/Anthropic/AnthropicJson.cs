using System.Text.Json.Serialization;
using ChatKit.Gateway.Wire.Json;

namespace ChatKit.Gateway.Wire.Anthropic;

/// <summary>How the records of the Anthropic dialect are read and written.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, MaxDepth = JsonLimits.MaxDepth)]
[JsonSerializable(typeof(MessagesRequest))]
[JsonSerializable(typeof(MessagesAnswer))]
[JsonSerializable(typeof(MessagesEvent))]
[JsonSerializable(typeof(MessagesErrorAnswer))]
internal sealed partial class AnthropicJson : JsonSerializerContext;
