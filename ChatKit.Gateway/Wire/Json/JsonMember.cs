using System.Text.Json;

namespace ChatKit.Gateway.Wire.Json;

/// <summary>
/// Where one member of a JSON object stands in its bytes: from the opening quote of the name to the last byte of the value.
/// </summary>
internal readonly record struct JsonMember(int NameStart, int NameEnd, bool NameIsEscaped, int ValueStart, int ValueEnd, JsonTokenType Kind)
{
    /// <summary>The value as it stands in the bytes that were scanned.</summary>
    public ReadOnlySpan<byte> Value(ReadOnlySpan<byte> source) => source[ValueStart..ValueEnd];

    /// <summary>True where the member bears this name, however it is spelt (<c>"mod\u0065l"</c> is <c>model</c>).</summary>
    public bool Is(ReadOnlySpan<byte> source, ReadOnlySpan<byte> name)
    {
        var spelt = source[NameStart..NameEnd];
        if (!NameIsEscaped) return spelt[1..^1].SequenceEqual(name);
        var reader = new Utf8JsonReader(spelt);
        return reader.Read() && reader.ValueTextEquals(name);
    }

    /// <summary>The name, unescaped.</summary>
    public string Name(ReadOnlySpan<byte> source)
    {
        var reader = new Utf8JsonReader(source[NameStart..NameEnd]);
        reader.Read();
        return reader.GetString()!;
    }
}
