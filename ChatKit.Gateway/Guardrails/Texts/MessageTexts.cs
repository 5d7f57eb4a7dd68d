using System.Text.Json;

namespace ChatKit.Gateway.Guardrails.Texts;

/// <summary>The events of a message (https://platform.claude.com/docs/en/build-with-claude/streaming): one text per block.</summary>
internal sealed class MessageTexts : IStreamTexts
{
    public string? ChannelOf(JsonElement data, JsonLeaf leaf, int occurrence) =>
        (leaf.Path[0] is "delta" && leaf.Name is "text" or "partial_json") || (leaf.Path[0] is "content_block" && leaf.Path.Count == 2 && leaf.Name is "text")
            ? $"{StreamTexts.Number(data, "index")}/{leaf.Name}"
            : null;

    public IEnumerable<string> Ended(JsonElement data) => StreamTexts.Type(data) switch
    {
        "content_block_stop" => [$"{StreamTexts.Number(data, "index")}/"],
        "message_delta" or "message_stop" or "error" => [""],
        _ => [],
    };
}
