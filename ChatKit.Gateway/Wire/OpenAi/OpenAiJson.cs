using System.Text.Json.Serialization;
using ChatKit.Gateway.Wire.Json;

namespace ChatKit.Gateway.Wire.OpenAi;

/// <summary>How the typed records of the OpenAI dialect are read and written.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, MaxDepth = JsonLimits.MaxDepth)]
[JsonSerializable(typeof(ChatRequest))]
[JsonSerializable(typeof(List<ChatPart>))]
[JsonSerializable(typeof(List<string>))]
[JsonSerializable(typeof(ChatCompletion))]
[JsonSerializable(typeof(ChatChunk))]
[JsonSerializable(typeof(ChatUsage))]
[JsonSerializable(typeof(ChatReply))]
internal sealed partial class OpenAiJson : JsonSerializerContext;
