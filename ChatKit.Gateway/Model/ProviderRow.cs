namespace ChatKit.Gateway.Model;

/// <summary>The facts of one provider: what Config needs to bind a deployment, and what its dialect's provider class needs to speak to it.</summary>
/// <param name="Name">The prefix of <c>provider/model</c>.</param>
/// <param name="DefaultBase">The base address without a trailing slash; null where each user has their own.</param>
/// <param name="KeyVariables">Environment variables that may hold the key, the preferred one first.</param>
internal sealed record ProviderRow(string Name, string? DefaultBase, params IReadOnlyList<string> KeyVariables)
{
    /// <summary>How the provider is spoken to.</summary>
    public ProviderDialect Dialect { get; init; } = ProviderDialect.OpenAi;

    /// <summary>Every provider has this override, whatever else it reads: <c>mistral</c> → <c>MISTRAL_API_BASE</c>.</summary>
    public string AutomaticBaseVariable { get; } = $"{Name.ToUpperInvariant().Replace('-', '_')}_API_BASE";

    /// <summary>Environment variables besides <see cref="AutomaticBaseVariable"/> that may hold the base address.</summary>
    public IReadOnlyList<string> OtherBaseVariables { get; init; } = [];

    /// <summary>All environment variables that may hold the base address, the preferred one first.</summary>
    public IEnumerable<string> BaseVariables => OtherBaseVariables.Prepend(AutomaticBaseVariable);

    /// <summary>Environment variables that stand in for a key where a cloud's own credentials are used: one of them says that the provider is set up.</summary>
    public IReadOnlyList<string> AccountVariables { get; init; } = [];

    /// <summary>True for servers that people run themselves, mostly without a key.</summary>
    public bool KeyOptional { get; init; }

    /// <summary>How the key travels.</summary>
    public KeyHeader KeyHeader { get; init; } = KeyHeader.Bearer;

    /// <summary>Appended to a base address that does not end with it: people write <c>http://localhost:11434</c> and mean <c>…/v1</c>.</summary>
    public string? BaseSuffix { get; init; }

    /// <summary>Headers whose values come from the environment, sent where the variable is set.</summary>
    public IReadOnlyList<VariableHeader> VariableHeaders { get; init; } = [];

    /// <summary>Where the provider's request differs from OpenAI's.</summary>
    public RequestQuirks Quirks { get; init; } = RequestQuirks.Compatible;

    /// <summary>The operations besides chat that the provider serves; what is not here is refused, or translated into its chat.</summary>
    public IReadOnlyList<Operation> Serves { get; init; } = [];

    /// <summary>Where its embeddings differ from OpenAI's.</summary>
    public EmbeddingAbilities Embeddings { get; init; } = EmbeddingAbilities.Compatible;

    /// <summary>Where its reranking differs from Cohere's; null where it passes as it is, or is not served.</summary>
    public RerankWords? Rerank { get; init; }

    /// <summary>Current chat models, for lists; calls to others pass just the same.</summary>
    public IReadOnlyList<string> Models { get; init; } = [];

    /// <summary>Bare model names that can only mean this provider, e.g. <c>claude-*</c>.</summary>
    public IReadOnlyList<string> NamePatterns { get; init; } = [];

    /// <summary>The path through which the provider's own API can be called unread; null where there is none.</summary>
    public PassThroughRow? PassThrough { get; init; }

    /// <summary>For providers whose addresses are more than base and operation (Azure); null for all others.</summary>
    public IProviderRoute? Route { get; init; }
}

/// <summary>The wire that a provider speaks; each has one provider class.</summary>
internal enum ProviderDialect
{
    OpenAi,
    Anthropic,

    /// <summary>Google AI Studio.</summary>
    Gemini,

    /// <summary>Cohere's second version.</summary>
    Cohere,

    /// <summary>OpenAI's where that is enough, Ollama's own chat where only that one can do what is asked.</summary>
    Ollama,

    /// <summary>Embeddings in OpenAI's dialect, rerankers with words of their own, and no chat: Jina, Voyage.</summary>
    Vectors,

    /// <summary>Amazon Bedrock's Converse, which every model there speaks.</summary>
    Bedrock,

    /// <summary>Google Cloud: the models of Google and of its partners, each in its own dialect.</summary>
    Vertex,
}

/// <summary>The header that carries a provider's key.</summary>
internal enum KeyHeader
{
    /// <summary><c>Authorization: Bearer …</c></summary>
    Bearer,

    /// <summary><c>api-key: …</c> (Azure)</summary>
    ApiKey,

    /// <summary><c>x-api-key: …</c> (Anthropic)</summary>
    XApiKey,

    /// <summary><c>x-goog-api-key: …</c> (Google)</summary>
    XGoogApiKey,
}

/// <summary>A request header whose value an environment variable holds, or a key of the deployment's that stands above it.</summary>
internal sealed record VariableHeader(string Header, string Variable, string? Parameter = null);
