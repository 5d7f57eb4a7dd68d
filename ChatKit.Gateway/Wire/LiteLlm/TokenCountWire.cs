using System.Text.Json.Serialization;

namespace ChatKit.Gateway.Wire.LiteLlm;

/// <summary>
/// The answer of <c>/utils/token_counter</c> (https://docs.litellm.ai/docs/count_tokens):
/// <code>{"total_tokens":12,"request_model":"gpt-4o","model_used":"gpt-4o-2024-08-06","tokenizer_type":"openai_tokenizer"}</code>
/// </summary>
internal sealed record TokenCountWire(int TotalTokens, string RequestModel, string ModelUsed, string TokenizerType);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(TokenCountWire))]
internal sealed partial class TokenCountJson : JsonSerializerContext;
