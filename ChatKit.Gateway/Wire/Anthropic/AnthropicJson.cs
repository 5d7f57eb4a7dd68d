using System.Text.Json.Serialization;
using ChatKit.Gateway.Wire.Json;

namespace ChatKit.Gateway.Wire.Anthropic;

/// <summary>How the records of the Anthropic dialect are read and written.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, MaxDepth = JsonLimits.MaxDepth)]
[JsonSerializable(typeof(MessagesRequest))]
[JsonSerializable(typeof(MessagesAnswer))]
[JsonSerializable(typeof(MessagesEvent))]
[JsonSerializable(typeof(MessagesErrorAnswer))]
[JsonSerializable(typeof(AskedMessages))]
[JsonSerializable(typeof(List<AskedBlock>))]
[JsonSerializable(typeof(GivenMessage))]
[JsonSerializable(typeof(GivenEvent))]
[JsonSerializable(typeof(GivenEnd))]
[JsonSerializable(typeof(AskedSource))]
[JsonSerializable(typeof(AnswerBlock))]
internal sealed partial class AnthropicJson : JsonSerializerContext;
