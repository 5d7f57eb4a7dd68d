using System.Text.Encodings.Web;
using System.Text.Json;

namespace ChatKit.Gateway.Wire.Json;

/// <summary>Text as a JSON string.</summary>
internal static class JsonText
{
    /// <summary>The text in quotes, escaped where JSON needs it and nowhere else.</summary>
    public static byte[] Quote(string text)
    {
        var encoded = JsonEncodedText.Encode(text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).EncodedUtf8Bytes;
        var quoted = new byte[encoded.Length + 2];
        quoted[0] = quoted[^1] = (byte)'"';
        encoded.CopyTo(quoted.AsSpan(1));
        return quoted;
    }
}
