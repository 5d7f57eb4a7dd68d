using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace ChatKit.Backend.Tools;

/// <summary>The JSON Schema of a tool's arguments, written as JSON.</summary>
internal static class ToolSchema
{
    public static JsonElement Of([StringSyntax(StringSyntaxAttribute.Json)] string json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.Clone();
    }
}
