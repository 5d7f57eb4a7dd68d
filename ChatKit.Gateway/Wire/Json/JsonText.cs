using System.Text.Encodings.Web;
using System.Text.Json;

namespace ChatKit.Gateway.Wire.Json;

/// <summary>Text as a JSON string, in both directions.</summary>
internal static class JsonText
{
    /// <summary>For a JSON body, not for a page: escapes only what JSON needs escaped.</summary>
    public static JsonWriterOptions Plain { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    /// <summary>The text in quotes, escaped where JSON needs it and nowhere else.</summary>
    public static byte[] Quote(string text)
    {
        var encoded = JsonEncodedText.Encode(text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).EncodedUtf8Bytes;
        var quoted = new byte[encoded.Length + 2];
        quoted[0] = quoted[^1] = (byte)'"';
        encoded.CopyTo(quoted.AsSpan(1));
        return quoted;
    }

    /// <summary>True where the reader stands at this text, however it is spelt. Half of a surrogate pair, which JSON can escape, is no text.</summary>
    public static bool Is(ref readonly Utf8JsonReader reader, ReadOnlySpan<byte> text)
    {
        if (!reader.ValueIsEscaped) return reader.ValueTextEquals(text);
        try
        {
            return reader.ValueTextEquals(text);
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    /// <summary>Copies the text that the reader stands at and returns its length: nothing where it has half of a surrogate pair.</summary>
    public static int Copy(ref readonly Utf8JsonReader reader, Span<char> memory)
    {
        try
        {
            return reader.CopyString(memory);
        }
        catch (InvalidOperationException)
        {
            return 0;
        }
    }
}
