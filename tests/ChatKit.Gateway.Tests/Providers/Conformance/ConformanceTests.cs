namespace ChatKit.Gateway.Tests.Providers.Conformance;

/// <summary>Every case against OpenAI's dialect, which the whole compatible family speaks.</summary>
public sealed class OpenAiConformanceTests() : ProviderCases(new OpenAiSubject());

/// <summary>Every case against Mistral, which is as strict as a provider can be.</summary>
public sealed class MistralConformanceTests() : ProviderCases(new MistralSubject());

/// <summary>Every case against Azure OpenAI.</summary>
public sealed class AzureConformanceTests() : ProviderCases(new AzureSubject());

/// <summary>Every case against Bedrock's Converse.</summary>
public sealed class BedrockConformanceTests() : ProviderCases(new BedrockSubject());

/// <summary>Every case against Anthropic's dialect.</summary>
public sealed class AnthropicConformanceTests() : ProviderCases(new AnthropicSubject());

/// <summary>Every case against Gemini's dialect on AI Studio.</summary>
public sealed class GeminiConformanceTests() : ProviderCases(new GeminiSubject());

/// <summary>Every case against Gemini's dialect on Vertex AI.</summary>
public sealed class VertexConformanceTests() : ProviderCases(new VertexSubject());

/// <summary>Every case against Claude on Vertex AI.</summary>
public sealed class VertexClaudeConformanceTests() : ProviderCases(new VertexClaudeSubject());

/// <summary>Every case against Cohere's dialect.</summary>
public sealed class CohereConformanceTests() : ProviderCases(new CohereSubject());
