using System.Text.Json.Nodes;

namespace ChatKit.Browser.Tests.Fake;

/// <summary>The protocol's pages: <c>after</c> is exclusive, and is given only where there is more.</summary>
internal static class Paging
{
    public static JsonObject Cut(IEnumerable<JsonObject> ordered, int limit, string? after)
    {
        var rest = after is null ? ordered : ordered.SkipWhile(row => IdOf(row) != after).Skip(1);
        var rows = rest.Take(limit + 1).ToList();
        return rows.Count > limit ? Wire.Page(rows.Take(limit), IdOf(rows[limit - 1])) : Wire.Page(rows);
    }

    public static string IdOf(JsonObject row) => row["id"]!.GetValue<string>();
}
