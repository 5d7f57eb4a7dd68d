using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace ChatKit.Gateway.Administration.Directory;

/// <summary>A thing as the audit log keeps it: what an answer about it says.</summary>
internal static class DirectoryText
{
    public static string Of<T>(T answer, JsonTypeInfo<T> type) => JsonSerializer.Serialize(answer, type);
}
