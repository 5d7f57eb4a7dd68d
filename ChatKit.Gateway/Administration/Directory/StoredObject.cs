using System.Text.Json;

namespace ChatKit.Gateway.Administration.Directory;

/// <summary>A JSON object that lies in a column as text.</summary>
internal static class StoredObject
{
    private static readonly JsonElement Empty = JsonDocument.Parse("{}").RootElement;

    /// <summary>Null where nothing is stored.</summary>
    public static JsonElement? Read(string? column)
    {
        if (column is null) return null;
        using var document = JsonDocument.Parse(column);
        return document.RootElement.Clone();
    }

    public static JsonElement ReadOrEmpty(string? column) => Read(column) ?? Empty;
}
