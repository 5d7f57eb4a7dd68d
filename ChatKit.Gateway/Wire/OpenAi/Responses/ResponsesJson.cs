using System.Text.Json.Serialization;
using ChatKit.Gateway.Wire.Json;

namespace ChatKit.Gateway.Wire.OpenAi.Responses;

/// <summary>How the records of the Responses API are read and written.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, MaxDepth = JsonLimits.MaxDepth)]
[JsonSerializable(typeof(AskedResponse))]
[JsonSerializable(typeof(List<AskedItem>))]
[JsonSerializable(typeof(List<AskedPart>))]
[JsonSerializable(typeof(GivenResponse))]
[JsonSerializable(typeof(ResponseEvent))]
[JsonSerializable(typeof(ResponseTokens))]
[JsonSerializable(typeof(List<ChatThinkingBlock>))]
internal sealed partial class ResponsesJson : JsonSerializerContext;
