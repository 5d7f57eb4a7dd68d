using System.Text.Json.Serialization;

namespace ChatKit.Gateway.Wire.Anthropic;

/// <summary>How the records of the Anthropic dialect are read and written.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, MaxDepth = 128)]
[JsonSerializable(typeof(MessagesRequest))]
[JsonSerializable(typeof(MessagesAnswer))]
[JsonSerializable(typeof(MessagesEvent))]
[JsonSerializable(typeof(MessagesErrorAnswer))]
internal sealed partial class AnthropicJson : JsonSerializerContext;
