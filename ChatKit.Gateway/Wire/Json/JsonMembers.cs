using System.Text.Json;

namespace ChatKit.Gateway.Wire.Json;

/// <summary>The members of an object inside a body that has been checked already.</summary>
internal static class JsonMembers
{
    /// <summary>Clears the list and fills it with the members of the object that the bytes hold, from its brace on.</summary>
    public static void Read(ReadOnlySpan<byte> json, List<JsonMember> members)
    {
        members.Clear();
        var reader = new Utf8JsonReader(json, JsonLimits.Options);
        reader.Read();
        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            var nameStart = (int)reader.TokenStartIndex;
            var nameEnd = nameStart + reader.ValueSpan.Length + 2;
            var escaped = reader.ValueIsEscaped;
            reader.Read();
            var (valueStart, kind) = ((int)reader.TokenStartIndex, reader.TokenType);
            reader.Skip();
            members.Add(new JsonMember(nameStart, nameEnd, escaped, valueStart, (int)reader.BytesConsumed, kind));
        }
    }
}
