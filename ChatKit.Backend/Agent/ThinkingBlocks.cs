using System.Buffers;
using System.Text;
using System.Text.Json;

namespace ChatKit.Backend.Agent;

/// <summary>
/// Signed reasoning, put together from its pieces: who calls tools while thinking (Claude) wants it back, unchanged, with the tools' outputs
/// (https://docs.litellm.ai/docs/reasoning_content#tool-calling-with-thinking).
/// </summary>
internal sealed class ThinkingBlocks
{
    private readonly List<string> _complete = [];
    private readonly StringBuilder _thinking = new();

    public void Add(JsonElement block)
    {
        if (block.ValueKind is not JsonValueKind.Object)
            return;
        if (Text(block, "type") is not "thinking")
        {
            _complete.Add(block.GetRawText());
            return;
        }

        _thinking.Append(Text(block, "thinking"));
        if (Text(block, "signature") is { Length: > 0 } signature)
            Complete(signature);
    }

    /// <summary>All blocks; null where there were none. One that was never signed is left out: nobody would take it back.</summary>
    public BinaryData? ToJson() => _complete.Count == 0 ? null : BinaryData.FromString($"[{string.Join(',', _complete)}]");

    private void Complete(string signature)
    {
        var output = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(output))
        {
            json.WriteStartObject();
            json.WriteString("type"u8, "thinking"u8);
            json.WriteString("thinking"u8, _thinking.ToString());
            json.WriteString("signature"u8, signature);
            json.WriteEndObject();
        }

        _complete.Add(Encoding.UTF8.GetString(output.WrittenSpan));
        _thinking.Clear();
    }

    private static string? Text(JsonElement block, string member) =>
        block.TryGetProperty(member, out var value) && value.ValueKind is JsonValueKind.String ? value.GetString() : null;
}
