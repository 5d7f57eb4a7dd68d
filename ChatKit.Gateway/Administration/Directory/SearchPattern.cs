namespace ChatKit.Gateway.Administration.Directory;

/// <summary>Text as the pattern of a LIKE on a column in lower case; what people search for is never a wildcard.</summary>
internal static class SearchPattern
{
    public const string Escape = "\\";

    public static string Containing(string text) => $"%{Exactly(text)}%";

    public static string Exactly(string text) => text.ToLowerInvariant().Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal);
}
