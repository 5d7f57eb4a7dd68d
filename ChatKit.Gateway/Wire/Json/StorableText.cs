using System.Buffers;
using System.Text.Json;

namespace ChatKit.Gateway.Wire.Json;

/// <summary>
/// What a text may hold to be kept and shown: no NUL (PostgreSQL has no place for it), no half of a surrogate pair (which is no text), and where people read it on one
/// line, no other control character either (a name with a line break forges log lines and headers).
/// </summary>
internal static class StorableText
{
    /// <summary>What an id may not hold besides: quotes, separators and brackets of the languages that ids end up in.</summary>
    private static readonly SearchValues<char> NotInIds = SearchValues.Create("'\"`;\\<>");

    /// <summary>The first text anywhere in the document that cannot be kept; null where all can.</summary>
    public static RequestProblem? Refuse(JsonElement element, string path = "") => element.ValueKind switch
    {
        JsonValueKind.String when !IsStorable(element) => new RequestProblem("holds a NUL or half of a surrogate pair", path),
        JsonValueKind.Object => First(element.EnumerateObject(), member => IsStorable(member)
            ? Refuse(member.Value, path.Length == 0 ? member.Name : $"{path}.{member.Name}")
            : new RequestProblem("has a member whose name cannot be kept", path.Length == 0 ? "request_body" : path)),
        JsonValueKind.Array => First(element.EnumerateArray(), item => Refuse(item, $"{path}[]")),
        _ => null,
    };

    /// <summary>One line that people read.</summary>
    public static bool IsLine(string text) => !text.Any(char.IsControl);

    /// <summary>A name that other things refer to.</summary>
    public static bool IsId(string text) => IsLine(text) && text.AsSpan().Trim().Length == text.Length && text.AsSpan().IndexOfAny(NotInIds) < 0;

    private static bool IsStorable(JsonElement text)
    {
        try
        {
            return !text.GetString()!.Contains('\0');
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    private static bool IsStorable(JsonProperty member)
    {
        try
        {
            return IsLine(member.Name);
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    private static RequestProblem? First<T>(IEnumerable<T> items, Func<T, RequestProblem?> refuse) => items.Select(refuse).FirstOrDefault(static problem => problem is not null);
}
