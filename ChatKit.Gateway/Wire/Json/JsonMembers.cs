using System.Text.Json;
using System.Text.Unicode;

namespace ChatKit.Gateway.Wire.Json;

/// <summary>Finds the members of an object, and in doing so checks all of its bytes.</summary>
internal static class JsonMembers
{
    /// <summary>No honest object has more; the table of a dishonest one would outgrow its body.</summary>
    public const int Most = 1000;

    /// <summary>
    /// Reads bytes from outside: one well-formed object of text and nothing else, or the reason why it is not. <paramref name="start"/> is where it opens.
    /// </summary>
    public static string? TryRead(ReadOnlySpan<byte> json, List<JsonMember> members, out int start)
    {
        start = 0;
        if (!Utf8.IsValid(json)) return "not valid UTF-8";
        var reader = new Utf8JsonReader(json, JsonLimits.Options);
        try
        {
            if (!reader.Read() || reader.TokenType is not JsonTokenType.StartObject) return "not a JSON object";
            start = (int)reader.TokenStartIndex;
            while (members.Count <= Most && ReadMember(ref reader, out var member)) members.Add(member);
            if (members.Count > Most) return $"an object of more than {Most} members";
            // Reading once more is what finds anything behind the object.
            reader.Read();
            return null;
        }
        catch (JsonException) when (IsAtLimit(reader))
        {
            return $"nested deeper than {JsonLimits.MaxDepth} levels";
        }
        catch (JsonException malformed)
        {
            return $"not valid JSON (line {malformed.LineNumber + 1}, byte {malformed.BytePositionInLine + 1})";
        }
    }

    /// <summary>The members of an object inside a body that has been read before, from its brace on.</summary>
    public static void Read(ReadOnlySpan<byte> json, List<JsonMember> members)
    {
        members.Clear();
        var reader = new Utf8JsonReader(json, JsonLimits.Options);
        reader.Read();
        while (ReadMember(ref reader, out var member)) members.Add(member);
    }

    /// <summary>The elements of an array inside such a body, from its bracket on: members without a name.</summary>
    public static void ReadElements(ReadOnlySpan<byte> json, List<JsonMember> elements)
    {
        elements.Clear();
        var reader = new Utf8JsonReader(json, JsonLimits.Options);
        reader.Read();
        while (reader.Read() && reader.TokenType is not JsonTokenType.EndArray)
        {
            var (start, kind) = ((int)reader.TokenStartIndex, reader.TokenType);
            reader.Skip();
            elements.Add(new JsonMember(start, start, false, start, (int)reader.BytesConsumed, kind));
        }
    }

    private static bool ReadMember(ref Utf8JsonReader reader, out JsonMember member)
    {
        member = default;
        reader.Read();
        if (reader.TokenType is not JsonTokenType.PropertyName) return false;
        var nameStart = (int)reader.TokenStartIndex;
        var nameEnd = nameStart + reader.ValueSpan.Length + 2;
        var escaped = reader.ValueIsEscaped;
        reader.Read();
        var (valueStart, kind) = ((int)reader.TokenStartIndex, reader.TokenType);
        reader.Skip();
        member = new JsonMember(nameStart, nameEnd, escaped, valueStart, (int)reader.BytesConsumed, kind);
        return true;
    }

    /// <summary>The reader counts an opening bracket only once it is inside.</summary>
    private static bool IsAtLimit(in Utf8JsonReader reader) =>
        reader.CurrentDepth + (reader.TokenType is JsonTokenType.StartArray or JsonTokenType.StartObject ? 1 : 0) >= JsonLimits.MaxDepth;
}
