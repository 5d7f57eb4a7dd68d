using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Text.Unicode;

namespace ChatKit.Gateway.Wire.Json;

/// <summary>
/// JSON from outside, read into records. JSON allows <c>"\ud800"</c>, half a character, which the serializer meets with an exception wherever the
/// text is first looked at; here it is refused at once, as malformed JSON is.
/// </summary>
internal static class JsonUnicode
{
    /// <summary>The record; a <see cref="JsonException"/>, with the path where there is one, for anything that it cannot be.</summary>
    public static T? Read<T>(ReadOnlySpan<byte> json, JsonTypeInfo<T> type) =>
        IsText(json) ? JsonSerializer.Deserialize(json, type) : throw new JsonException("Not Unicode text.");

    /// <summary>True for one well-formed document of text.</summary>
    public static bool IsJson(ReadOnlySpan<byte> json)
    {
        if (!Utf8.IsValid(json)) return false;
        var reader = new Utf8JsonReader(json, JsonLimits.Options);
        try
        {
            while (reader.Read())
            {
            }

            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <summary>True where all strings, escapes included, are whole characters.</summary>
    public static bool IsText(ReadOnlySpan<byte> json)
    {
        if (!Utf8.IsValid(json)) return false;
        for (var next = json.IndexOf((byte)'\\'); next >= 0 && next + 1 < json.Length; next = json.IndexOf((byte)'\\'))
        {
            var escape = json[next..];
            var unit = Unit(escape);
            if (char.IsLowSurrogate(unit) || (char.IsHighSurrogate(unit) && (escape.Length < 12 || !char.IsLowSurrogate(Unit(escape[6..]))))) return false;
            json = escape[(char.IsHighSurrogate(unit) ? 12 : 2)..];
        }

        return true;
    }

    /// <summary>The code unit of <c>\uXXXX</c> at the start; <c>\0</c> where something else stands there.</summary>
    private static char Unit(ReadOnlySpan<byte> escape) =>
        escape.Length >= 6 && escape[..2].SequenceEqual(@"\u"u8) && ushort.TryParse(escape[2..6], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var unit)
            ? (char)unit
            : '\0';
}
