namespace ChatKit.Gateway.Model;

/// <summary>What a provider's embeddings know of OpenAI's parameters; what it does not know the gateway does itself, or refuses.</summary>
internal sealed record EmbeddingAbilities
{
    /// <summary>OpenAI itself, and those who follow it to the letter.</summary>
    public static EmbeddingAbilities All { get; } = new();

    /// <summary>The common case: vectors come as numbers whatever is asked for, and text is text.</summary>
    public static EmbeddingAbilities Compatible { get; } = new() { ReadsTokens = false, KnowsBase64 = false };

    /// <summary><c>input</c> may be token ids in place of text.</summary>
    public bool ReadsTokens { get; init; } = true;

    /// <summary><c>encoding_format: base64</c> is understood; where it is not, the parameter is left out and the gateway converts the answer.</summary>
    public bool KnowsBase64 { get; init; } = true;

    /// <summary>Members that the provider calls differently, or rejects.</summary>
    public RequestQuirks Quirks { get; init; } = RequestQuirks.None;
}
