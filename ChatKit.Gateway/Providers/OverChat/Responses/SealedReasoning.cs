using System.Text.Json;
using ChatKit.Gateway.Wire.Json;
using ChatKit.Gateway.Wire.OpenAi;
using ChatKit.Gateway.Wire.OpenAi.Responses;

namespace ChatKit.Gateway.Providers.OverChat.Responses;

/// <summary>
/// Signed reasoning of another provider as the <c>encrypted_content</c> of a reasoning item, by which it comes back when the conversation goes on: the blocks
/// themselves behind a mark that tells them from OpenAI's own seal.
/// </summary>
internal static class SealedReasoning
{
    private const string Mark = "thinking_blocks:";

    /// <summary>Null where no block has a seal: such reasoning is only for people.</summary>
    public static string? Write(List<ChatThinkingBlock> blocks) =>
        blocks.Exists(static block => block is { Signature.Length: > 0 } or { Data.Length: > 0 })
            ? Mark + Convert.ToBase64String(JsonSerializer.SerializeToUtf8Bytes(blocks, ResponsesJson.Default.ListChatThinkingBlock))
            : null;

    /// <summary>The blocks; null where the text is somebody else's seal.</summary>
    public static IReadOnlyList<ChatThinkingBlock>? Read(string? sealedText)
    {
        if (sealedText?.StartsWith(Mark, StringComparison.Ordinal) is not true) return null;
        var bytes = new byte[sealedText.Length];
        if (!Convert.TryFromBase64String(sealedText[Mark.Length..], bytes, out var count)) return null;
        try
        {
            return JsonUnicode.Read(bytes.AsSpan(0, count), ResponsesJson.Default.ListChatThinkingBlock);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
