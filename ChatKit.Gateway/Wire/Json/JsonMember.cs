using System.Text.Json;

namespace ChatKit.Gateway.Wire.Json;

/// <summary>
/// Where one member of a JSON object stands in its bytes: from the opening quote of the name to the last byte of the value.
/// </summary>
internal readonly record struct JsonMember(int NameStart, int NameEnd, bool NameIsEscaped, int ValueStart, int ValueEnd, JsonTokenType Kind)
{
    /// <summary>No name that anybody acts on is longer, in bytes.</summary>
    public const int LongestName = 64;

    /// <summary>The value as it stands in the bytes that were scanned.</summary>
    public ReadOnlySpan<byte> Value(ReadOnlySpan<byte> source) => source[ValueStart..ValueEnd];

    /// <summary>True where the member bears this name, however it is spelt (<c>"mod\u0065l"</c> is <c>model</c>).</summary>
    public bool Is(ReadOnlySpan<byte> source, ReadOnlySpan<byte> name)
    {
        if (!NameIsEscaped) return source[(NameStart + 1)..(NameEnd - 1)].SequenceEqual(name);
        var reader = new Utf8JsonReader(source[NameStart..NameEnd]);
        return reader.Read() && JsonText.Is(ref reader, name);
    }

    /// <summary>True where the value is this string.</summary>
    public bool HasValue(ReadOnlySpan<byte> source, ReadOnlySpan<byte> text)
    {
        if (Kind is not JsonTokenType.String) return false;
        var reader = new Utf8JsonReader(Value(source));
        return reader.Read() && JsonText.Is(ref reader, text);
    }

    /// <summary>The name, unescaped, in the caller's memory of <see cref="LongestName"/> characters; empty where it is longer.</summary>
    public ReadOnlySpan<char> Name(ReadOnlySpan<byte> source, Span<char> memory)
    {
        var spelt = source[NameStart..NameEnd];
        if (spelt.Length - 2 > LongestName) return [];
        var reader = new Utf8JsonReader(spelt);
        reader.Read();
        return memory[..JsonText.Copy(ref reader, memory)];
    }
}
