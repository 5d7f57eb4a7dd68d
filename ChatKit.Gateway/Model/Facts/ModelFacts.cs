namespace ChatKit.Gateway.Model.Facts;

/// <summary>
/// What is known about a model before it is called: how much fits in, what it costs, what it can read. Every fact may be missing, and a missing one means
/// that nobody said, never zero and never no.
/// </summary>
internal sealed record ModelFacts
{
    /// <summary>A model that nobody described.</summary>
    public static ModelFacts Unknown { get; } = new();

    /// <summary>What it does, in LiteLLM's words: <c>chat</c>, <c>embedding</c>, <c>rerank</c>, <c>audio_transcription</c> …</summary>
    public string? Mode { get; init; }

    /// <summary>The most tokens that a request may hold. LiteLLM's <c>max_input_tokens</c>; providers speak of the context window.</summary>
    public int? ContextWindow { get; init; }

    /// <summary>The most tokens that an answer may have.</summary>
    public int? MaxOutput { get; init; }

    public ModelPrices Prices { get; init; } = ModelPrices.Unknown;

    /// <summary>Reads images.</summary>
    public bool? Vision { get; init; }

    /// <summary>Hears audio.</summary>
    public bool? Audio { get; init; }

    /// <summary>Reads PDF documents.</summary>
    public bool? Pdf { get; init; }

    /// <summary>Calls tools.</summary>
    public bool? Tools { get; init; }

    /// <summary>Thinks before it answers, or can be told to.</summary>
    public bool? Reasoning { get; init; }

    /// <summary>These facts, and where they say nothing, the others: what a configuration says over what is published.</summary>
    public ModelFacts Over(ModelFacts published) => this == Unknown ? published : new ModelFacts
    {
        Mode = Mode ?? published.Mode,
        ContextWindow = ContextWindow ?? published.ContextWindow,
        MaxOutput = MaxOutput ?? published.MaxOutput,
        Prices = Prices.Over(published.Prices),
        Vision = Vision ?? published.Vision,
        Audio = Audio ?? published.Audio,
        Pdf = Pdf ?? published.Pdf,
        Tools = Tools ?? published.Tools,
        Reasoning = Reasoning ?? published.Reasoning,
    };
}
