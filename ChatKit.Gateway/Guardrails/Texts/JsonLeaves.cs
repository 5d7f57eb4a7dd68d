using System.Text.Json;
using ChatKit.Gateway.Wire.Json;

namespace ChatKit.Gateway.Guardrails.Texts;

/// <summary>Walks through all strings of a JSON document, in order.</summary>
internal static class JsonLeaves
{
    /// <param name="json">A well-formed document.</param>
    /// <param name="isWanted">Tells by its path whether a string is looked at.</param>
    public static List<JsonLeaf> Find(ReadOnlySpan<byte> json, Func<IReadOnlyList<string>, bool> isWanted)
    {
        var leaves = new List<JsonLeaf>();
        // A name for each level: of an array, the one that it stands under.
        var path = new List<string>();
        var levels = new Stack<bool>();
        var reader = new Utf8JsonReader(json, JsonLimits.Options);
        while (reader.Read())
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.StartObject:
                    levels.Push(true);
                    path.Add("");
                    break;
                case JsonTokenType.StartArray:
                    levels.Push(false);
                    break;
                case JsonTokenType.EndObject or JsonTokenType.EndArray:
                    if (levels.Pop()) path.RemoveAt(path.Count - 1);
                    break;
                case JsonTokenType.PropertyName:
                    path[^1] = TextOf(ref reader) ?? "";
                    break;
                case JsonTokenType.String when path.Count > 0 && isWanted(path) && TextOf(ref reader) is { } text:
                    leaves.Add(new JsonLeaf([.. path], new ByteRange((int)reader.TokenStartIndex, (int)reader.BytesConsumed), text));
                    break;
            }
        }

        return leaves;
    }

    /// <summary>Null for half of a surrogate pair, which JSON can escape and which is no text.</summary>
    private static string? TextOf(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}
