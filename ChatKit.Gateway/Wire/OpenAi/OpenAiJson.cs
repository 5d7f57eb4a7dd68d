using System.Text.Json.Serialization;

namespace ChatKit.Gateway.Wire.OpenAi;

/// <summary>How the typed records of the OpenAI dialect are read and written.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ChatRequest))]
[JsonSerializable(typeof(List<ChatPart>))]
[JsonSerializable(typeof(List<string>))]
[JsonSerializable(typeof(ChatCompletion))]
[JsonSerializable(typeof(ChatChunk))]
internal sealed partial class OpenAiJson : JsonSerializerContext;
