using System.Text.Json;
using ChatKit.Gateway.Wire.Anthropic;
using ChatKit.Gateway.Wire.OpenAi;

namespace ChatKit.Gateway.Providers.Anthropic;

/// <summary>
/// The blocks of tools that run at Anthropic: searches, their results, code and its output (https://platform.claude.com/docs/en/agents-and-tools/tool-use/server-tools).
/// OpenAI has no word for them, so the client gets them whole, in <c>provider_specific_fields.content_blocks</c> of the message, and may send them back there;
/// a turn that paused goes on only with them.
/// </summary>
internal static class ServerBlocks
{
    private const string Fields = "provider_specific_fields";

    /// <summary>Content that is Anthropic's own, in a request and in an answer.</summary>
    public static bool IsServers(string? type) => type is "server_tool_use" or "mcp_tool_use" or "container_upload" || type?.EndsWith("_tool_result", StringComparison.Ordinal) is true;

    /// <summary>The block as it came.</summary>
    public static JsonElement Whole(AnswerBlock block) => JsonSerializer.SerializeToElement(block, AnthropicJson.Default.AnswerBlock);

    /// <summary>The messages with the blocks of earlier answers back at the head of their content.</summary>
    public static IReadOnlyList<ChatMessage>? Restore(IReadOnlyList<ChatMessage>? messages)
    {
        List<ChatMessage>? restored = null;
        for (var i = 0; i < messages?.Count; i++)
        {
            if (messages[i]?.Others is not { } others || !others.TryGetValue(Fields, out var fields) || BlocksOf(fields) is not { Count: > 0 } blocks) continue;
            restored ??= [.. messages];
            restored[i] = messages[i] with
            {
                Content = [.. blocks, .. messages[i].Content ?? []],
                Others = others.Where(static member => member.Key != Fields).ToDictionary(),
            };
        }

        return restored ?? messages;
    }

    private static List<ChatPart> BlocksOf(JsonElement fields) =>
        fields.ValueKind is JsonValueKind.Object && fields.TryGetProperty("content_blocks", out var blocks) && blocks.ValueKind is JsonValueKind.Array
            ? [.. blocks.EnumerateArray().Where(IsBlock).Select(static block => new ChatPart
            {
                Type = block.GetProperty("type").GetString(),
                Others = block.EnumerateObject().Where(static member => member.Name != "type").DistinctBy(static member => member.Name).ToDictionary(static member => member.Name, static member => member.Value),
            })]
            : [];

    private static bool IsBlock(JsonElement block) =>
        block.ValueKind is JsonValueKind.Object && block.TryGetProperty("type", out var type) && type.ValueKind is JsonValueKind.String && IsServers(type.GetString());
}
