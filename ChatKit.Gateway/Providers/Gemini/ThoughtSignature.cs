using System.Buffers.Text;
using System.Text.Json;
using ChatKit.Gateway.Providers.Translation;
using ChatKit.Gateway.Wire.OpenAi;

namespace ChatKit.Gateway.Providers.Gemini;

/// <summary>
/// How a signature travels through a chat client and back. Chat has no member for it, so it goes the way that LiteLLM chose
/// (https://docs.litellm.ai/docs/providers/gemini#thought-signatures): in <c>provider_specific_fields.thought_signature</c> of the tool call, and, since most
/// clients drop what they do not know, again inside its id: <c>call_1__thought__Q28…</c>, there in the URL alphabet, which every provider accepts in ids.
/// From clients of Google's own OpenAI endpoint it comes in <c>extra_content.google.thought_signature</c>.
/// </summary>
internal static class ThoughtSignature
{
    /// <summary>
    /// For calls that were not Gemini's own, or whose signature was lost on the way: https://ai.google.dev/gemini-api/docs/thought-signatures#faqs.
    /// </summary>
    public const string Unknown = "skip_thought_signature_validator";

    private const string Fields = "provider_specific_fields";

    public static string? IdWith(string? id, string? signature) => signature is null ? id : $"{id}{SealedIds.Separator}{ToUrlAlphabet(signature)}";

    public static string? Of(ChatToolCall? call) =>
        Text(call?.ProviderSpecificFields, "thought_signature")
        ?? (call?.ExtraContent is { ValueKind: JsonValueKind.Object } extra && extra.TryGetProperty("google", out var google) ? Text(google, "thought_signature") : null)
        ?? (call?.Id?.Split(SealedIds.Separator, 2) is [_, { Length: > 0 } inId] ? FromUrlAlphabet(inId) : null);

    /// <summary>The last signature that stood on text.</summary>
    public static string? OfText(ChatMessage message) =>
        message.Others is { } others && others.TryGetValue(Fields, out var fields) && fields.ValueKind is JsonValueKind.Object
            && fields.TryGetProperty("thought_signatures", out var signatures) && signatures.ValueKind is JsonValueKind.Array
            && signatures.GetArrayLength() > 0 && signatures[signatures.GetArrayLength() - 1] is { ValueKind: JsonValueKind.String } last
                ? last.GetString()
                : null;

    /// <summary>The messages without what was read of them here, so that nobody takes it for lost.</summary>
    public static IReadOnlyList<ChatMessage>? Without(IReadOnlyList<ChatMessage>? messages) =>
        messages?.Any(static message => message?.Others?.ContainsKey(Fields) is true) is not true ? messages
        : [.. messages.Select(static message => message?.Others is { } others ? message with { Others = others.Where(static member => member.Key != Fields).ToDictionary() } : message!)];

    private static string? Text(JsonElement? fields, string member) =>
        fields is { ValueKind: JsonValueKind.Object } && fields.Value.TryGetProperty(member, out var value) && value.ValueKind is JsonValueKind.String
            && value.GetString() is { Length: > 0 } text ? text : null;

    private static string ToUrlAlphabet(string signature) =>
        Base64.IsValid(signature) ? signature.TrimEnd('=').Replace('+', '-').Replace('/', '_') : signature;

    private static string FromUrlAlphabet(string signature) =>
        Base64Url.IsValid(signature) ? signature.Replace('-', '+').Replace('_', '/') + new string('=', (4 - signature.Length % 4) % 4) : signature;
}
