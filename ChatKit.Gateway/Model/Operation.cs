using System.Runtime.CompilerServices;
using ChatKit.Gateway.Wire;

namespace ChatKit.Gateway.Model;

/// <summary>
/// One of the client APIs: what is asked of a model, and in whose words. A provider speaks some of them by itself; the others are translated on the way
/// (<c>Providers/ProviderCatalog</c>), so that every API in front reaches every provider that can do what it asks.
/// </summary>
/// <param name="Name">As spend, metrics and traces name it.</param>
/// <param name="Path">Where it stands below a provider's base address.</param>
/// <param name="Dialect">The shape of its errors, plain and inside a stream.</param>
/// <param name="Input">The member without which a body is no such request, and what it has to be.</param>
internal sealed record Operation(string Name, string Path, ClientDialect Dialect, RequiredMember Input)
{
    /// <summary>https://platform.openai.com/docs/api-reference/chat/create</summary>
    public static Operation Chat { get; } = new("chat", "chat/completions", ClientDialect.OpenAi, new("messages", MemberShape.Messages));

    /// <summary>https://platform.claude.com/docs/en/api/messages/create</summary>
    public static Operation Messages { get; } = new("messages", "messages", ClientDialect.Anthropic, new("messages", MemberShape.Messages));

    /// <summary>https://platform.claude.com/docs/en/api/messages/count_tokens</summary>
    public static Operation CountTokens { get; } = new("count_tokens", "messages/count_tokens", ClientDialect.Anthropic, new("messages", MemberShape.Messages));

    /// <summary>https://platform.openai.com/docs/api-reference/responses/create</summary>
    public static Operation Responses { get; } = new("responses", "responses", ClientDialect.Responses, new("input", MemberShape.Any));

    /// <summary>https://platform.openai.com/docs/api-reference/completions/create</summary>
    public static Operation Completions { get; } = new("completions", "completions", ClientDialect.OpenAi, new("prompt", MemberShape.Any));

    /// <summary>https://platform.openai.com/docs/api-reference/embeddings/create</summary>
    public static Operation Embeddings { get; } = new("embeddings", "embeddings", ClientDialect.OpenAi, new("input", MemberShape.Any));

    /// <summary>https://platform.openai.com/docs/api-reference/moderations/create</summary>
    public static Operation Moderations { get; } = new("moderations", "moderations", ClientDialect.OpenAi, new("input", MemberShape.Any))
    {
        DefaultModel = "omni-moderation-latest",
    };

    /// <summary>https://platform.openai.com/docs/api-reference/images/create</summary>
    public static Operation ImagesGeneration { get; } = new("image_generation", "images/generations", ClientDialect.OpenAi, new("prompt", MemberShape.Any));

    /// <summary>https://platform.openai.com/docs/api-reference/images/createEdit, as a form with the images in it, or as JSON with their addresses.</summary>
    public static Operation ImagesEdit { get; } = new("image_edit", "images/edits", ClientDialect.OpenAi, new("prompt", MemberShape.Any)) { Body = RequestBody.FormOrJson };

    /// <summary>https://platform.openai.com/docs/api-reference/images/createVariation</summary>
    public static Operation ImagesVariation { get; } = new("image_variation", "images/variations", ClientDialect.OpenAi, new("image", MemberShape.Any)) { Body = RequestBody.Form };

    /// <summary>https://platform.openai.com/docs/api-reference/audio/createTranscription</summary>
    public static Operation Transcriptions { get; } = new("audio_transcription", "audio/transcriptions", ClientDialect.OpenAi, new("file", MemberShape.Any)) { Body = RequestBody.Form };

    /// <summary>https://platform.openai.com/docs/api-reference/audio/createTranslation</summary>
    public static Operation Translations { get; } = new("audio_translation", "audio/translations", ClientDialect.OpenAi, new("file", MemberShape.Any)) { Body = RequestBody.Form };

    /// <summary>https://platform.openai.com/docs/api-reference/audio/createSpeech</summary>
    public static Operation Speech { get; } = new("audio_speech", "audio/speech", ClientDialect.OpenAi, new("input", MemberShape.Any));

    /// <summary>Cohere's shape, which LiteLLM made everybody's: https://docs.cohere.com/reference/rerank</summary>
    public static Operation Rerank { get; } = new("rerank", "rerank", ClientDialect.OpenAi, new("documents", MemberShape.Any));

    /// <summary>Whatever a client asks of a provider's own API through the gateway: https://docs.litellm.ai/docs/pass_through/intro</summary>
    public static Operation PassThrough { get; } = new("pass_through", "", ClientDialect.OpenAi, new("", MemberShape.Any));

    /// <summary>https://ai.google.dev/api/generate-content#method:-models.generatecontent</summary>
    public static Operation GenerateContent { get; } = new("generate_content", "generateContent", ClientDialect.Gemini, new("contents", MemberShape.Any));

    /// <summary>https://ai.google.dev/api/generate-content#method:-models.streamgeneratecontent</summary>
    public static Operation StreamGenerateContent { get; } = GenerateContent with { Path = "streamGenerateContent", AlwaysStreams = true };

    /// <summary>https://ai.google.dev/api/tokens, of contents or of a whole request.</summary>
    public static Operation CountContentTokens { get; } = new("count_tokens", "countTokens", ClientDialect.Gemini, new("contents", MemberShape.Optional));

    /// <summary>Its answers are streams, whatever the body says.</summary>
    public bool AlwaysStreams { get; init; }

    /// <summary>The model where the request names none; null where it has to.</summary>
    public string? DefaultModel { get; init; }

    /// <summary>What its requests are made of.</summary>
    public RequestBody Body { get; init; }

    /// <summary>There is one of each, and every call looks its own up: by identity, not member by member.</summary>
    public bool Equals(Operation? other) => ReferenceEquals(this, other);

    public override int GetHashCode() => RuntimeHelpers.GetHashCode(this);
}

/// <summary>Whose words a client speaks.</summary>
internal enum ClientDialect
{
    OpenAi,

    /// <summary>OpenAI's as well, with typed events in streams.</summary>
    Responses,
    Anthropic,
    Gemini,
}

/// <summary>What a request is made of.</summary>
internal enum RequestBody
{
    Json,

    /// <summary><c>multipart/form-data</c>, with files in it that are not read into memory.</summary>
    Form,

    /// <summary>Whichever its Content-Type says.</summary>
    FormOrJson,
}
