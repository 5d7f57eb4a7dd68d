using System.Text;
using System.Text.Json;
using ChatKit.Gateway.Wire.Json;

namespace ChatKit.Gateway.Providers.Translation;

/// <summary>The arguments of a tool call: OpenAI has them as JSON in a string, most others as an object.</summary>
internal static class ToolArguments
{
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = JsonLimits.MaxDepth };

    /// <summary>An object without members.</summary>
    public static JsonElement None { get; } = Parse("{}"u8.ToArray());

    /// <summary>The object; null where the text holds something else. No text at all means no arguments.</summary>
    public static JsonElement? Read(string? text)
    {
        if (string.IsNullOrWhiteSpace(text)) return None;
        var json = Encoding.UTF8.GetBytes(text);
        if (!JsonUnicode.IsText(json)) return null;
        try
        {
            return Parse(json) is { ValueKind: JsonValueKind.Object } arguments ? arguments : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static JsonElement Parse(ReadOnlyMemory<byte> json)
    {
        using var document = JsonDocument.Parse(json, Options);
        return document.RootElement.Clone();
    }
}
