using Microsoft.ML.Tokenizers;

namespace ChatKit.Gateway.Tokens;

/// <summary>
/// The byte-pair encodings of OpenAI's models (https://github.com/openai/tiktoken). Their tables are read when the first text is counted, so that starting
/// costs nothing. Other makers' models count with the newer one, as LiteLLM counts them: close, and no more is promised.
/// </summary>
internal static class TokenEncodings
{
    private static readonly Lazy<Tokenizer> O200k = new(static () => TiktokenTokenizer.CreateForEncoding("o200k_base"));
    private static readonly Lazy<Tokenizer> Cl100k = new(static () => TiktokenTokenizer.CreateForEncoding("cl100k_base"));

    /// <summary>Models from before GPT-4o, and all embeddings.</summary>
    private static readonly string[] OlderModels = ["gpt-4-", "gpt-3.5", "gpt-35", "text-embedding-", "davinci-002", "babbage-002"];

    /// <summary>The encoding of a model, by the name that its provider knows it by.</summary>
    public static Tokenizer Of(string model)
    {
        var name = model.AsSpan(model.LastIndexOf('/') + 1);
        if (name.SequenceEqual("gpt-4")) return Cl100k.Value;
        foreach (var older in OlderModels)
        {
            if (name.StartsWith(older, StringComparison.Ordinal)) return Cl100k.Value;
        }

        return O200k.Value;
    }
}
