using ChatKit.Gateway.Model;

namespace ChatKit.Gateway.Providers.OpenAiCompatible;

/// <summary>
/// What providers of the family serve besides chat, by their API references (addresses in <see cref="OpenAiCompatibleRows"/>; looked up in November 2026 for the
/// large vendors, not for every one). A provider that is not named has the family's default: embeddings are sent, since most have them and the
/// others' 404 tells the truth; completions are translated into chat, which always works; the rest is refused.
/// </summary>
internal static class ServedOperations
{
    private static readonly Operation[] Audio = [Operation.Transcriptions, Operation.Translations];
    private static readonly Operation[] Texts = [Operation.Completions, Operation.Embeddings];

    private static readonly Operation[] All =
        [.. Texts, Operation.Responses, Operation.Moderations, Operation.ImagesGeneration, Operation.ImagesEdit, Operation.ImagesVariation, .. Audio, Operation.Speech];

    private static readonly Operation[] Default = [Operation.Embeddings];

    /// <summary>A server of one's own may be anything: what it does not have, it says. Responses are translated, which works with all of them.</summary>
    private static readonly Operation[] Anything = [.. All.Except([Operation.Responses]), Operation.Rerank];

    private static readonly Dictionary<string, Operation[]> ByProvider = new()
    {
        ["openai"] = All,
        ["azure"] = [.. Texts, Operation.Responses, Operation.ImagesGeneration, Operation.ImagesEdit, .. Audio, Operation.Speech],
        ["azure_ai"] = [Operation.Embeddings, Operation.ImagesGeneration],
        ["mistral"] = [Operation.Embeddings, Operation.Moderations, Operation.Transcriptions],
        ["codestral"] = [],
        ["deepseek"] = [],
        ["xai"] = [Operation.Completions, Operation.Responses, Operation.ImagesGeneration],
        // Its embeddings are of bytes and bits, which OpenAI's shape has no word for.
        ["perplexity"] = [],
        ["meta_llama"] = [],
        ["ai21"] = [],
        ["ai21_chat"] = [],
        ["moonshot"] = [],
        ["minimax"] = [],
        ["inception"] = [],
        ["amazon_nova"] = [],
        ["v0"] = [],
        ["zai"] = [Operation.Embeddings, Operation.ImagesGeneration],
        ["volcengine"] = [Operation.Embeddings, Operation.ImagesGeneration],
        ["groq"] = [.. Audio, Operation.Speech],
        ["together_ai"] = [.. Texts, Operation.ImagesGeneration, .. Audio, Operation.Speech, Operation.Rerank],
        ["fireworks_ai"] = Texts,
        ["deepinfra"] = [.. Texts, Operation.ImagesGeneration, .. Audio, Operation.Speech],
        ["nvidia_nim"] = Texts,
        ["cerebras"] = [Operation.Completions],
        ["sambanova"] = [Operation.Embeddings, .. Audio],
        ["databricks"] = Texts,
        ["scaleway"] = [Operation.Embeddings, Operation.Transcriptions],
        ["friendliai"] = [Operation.Completions],
        ["nebius"] = [.. Texts, Operation.ImagesGeneration],
        ["novita"] = [.. Texts, Operation.Rerank],
        ["featherless_ai"] = [Operation.Completions],
        ["hyperbolic"] = [Operation.Completions],
        ["baseten"] = [],
        ["github"] = [Operation.Embeddings],
        ["huggingface"] = [],
        ["heroku"] = [Operation.Embeddings],
        ["openrouter"] = [.. Texts, Operation.Speech],
        ["aihubmix"] = [Operation.Embeddings, Operation.Moderations, Operation.ImagesGeneration, .. Audio, Operation.Speech, Operation.Rerank],
        ["aiml"] = [Operation.Embeddings, Operation.ImagesGeneration],
        ["ollama"] = Texts,
        ["ollama_chat"] = Texts,
        ["lm_studio"] = Texts,
        ["llamafile"] = Texts,
        ["docker_model_runner"] = Texts,
        ["hosted_vllm"] = [.. Texts, .. Audio, Operation.Rerank],
        ["xinference"] = [.. Texts, Operation.ImagesGeneration, Operation.ImagesVariation, .. Audio, Operation.Speech, Operation.Rerank],
        ["lemonade"] = [.. Texts, Operation.ImagesGeneration, Operation.Transcriptions],
        ["litellm_proxy"] = [.. Anything, Operation.Responses],
        ["custom_openai"] = Anything,
        ["openai_like"] = Anything,
    };

    /// <summary>In no particular order; chat, which all have, is not among them.</summary>
    public static IReadOnlyList<Operation> Of(string provider) => ByProvider.GetValueOrDefault(provider, Default);

    /// <summary>Where the provider's embeddings differ from OpenAI's.</summary>
    public static EmbeddingAbilities EmbeddingsOf(string provider) => provider switch
    {
        "openai" or "azure" or "litellm_proxy" or "custom_openai" or "openai_like" or "hosted_vllm" => EmbeddingAbilities.All,
        // https://docs.mistral.ai/api/endpoint/embeddings: a closed set of members, as everywhere at Mistral.
        "mistral" => EmbeddingAbilities.Compatible with { Quirks = new() { Renames = [new("dimensions", "output_dimension")], Drops = ["user"] } },
        // https://docs.together.ai/reference/embeddings, https://docs.ollama.com/api/openai-compatibility, https://ai.google.dev/gemini-api/docs/openai
        _ => EmbeddingAbilities.Compatible,
    };
}
