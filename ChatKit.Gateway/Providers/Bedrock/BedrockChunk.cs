using System.Text.Json;

namespace ChatKit.Gateway.Providers.Bedrock;

/// <summary>
/// The payload of a <c>chunk</c> event of InvokeModelWithResponseStream: an event of the model's own dialect, in base64
/// (https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_PayloadPart.html).
/// <code>{"bytes":"eyJ0eXBlIjoibWVzc2FnZV9zdG9wIn0=","p":"abcdef"}</code>
/// </summary>
internal static class BedrockChunk
{
    /// <summary>False where the payload is something else.</summary>
    public static bool TryDecode(ReadOnlySpan<byte> payload, out byte[] inner)
    {
        inner = [];
        try
        {
            var reader = new Utf8JsonReader(payload);
            if (!reader.Read() || reader.TokenType is not JsonTokenType.StartObject) return false;
            while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
            {
                var isBytes = reader.ValueTextEquals("bytes"u8);
                reader.Read();
                if (isBytes) return reader.TokenType is JsonTokenType.String && reader.TryGetBytesFromBase64(out inner!);
                reader.Skip();
            }

            return false;
        }
        catch (Exception unreadable) when (unreadable is JsonException or InvalidOperationException)
        {
            return false;
        }
    }
}
