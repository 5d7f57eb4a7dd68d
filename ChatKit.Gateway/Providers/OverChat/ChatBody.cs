using System.Buffers;
using System.Text.Json;
using ChatKit.Gateway.Wire.Json;
using ChatKit.Gateway.Wire.OpenAi;

namespace ChatKit.Gateway.Providers.OverChat;

/// <summary>Writes the chat completion request that a translation made.</summary>
internal static class ChatBody
{
    private static readonly JsonDocumentOptions Deep = new() { MaxDepth = JsonLimits.MaxDepth + 8 };

    public static void Write(ChatRequest chat, IBufferWriter<byte> output)
    {
        using var writer = new Utf8JsonWriter(output, JsonText.Plain);
        JsonSerializer.Serialize(writer, chat, OpenAiJson.Default.ChatRequest);
    }

    /// <summary>A text as a member's value.</summary>
    public static JsonElement Text(string text) => JsonElement.Parse(JsonText.Quote(text));

    /// <summary>JSON that was put together from what a client sent, and may be a little deeper than that.</summary>
    public static JsonElement Json(ReadOnlySpan<byte> json) => JsonElement.Parse(json, Deep);

    /// <inheritdoc cref="Json(ReadOnlySpan{byte})"/>
    public static JsonElement Json(string json) => JsonElement.Parse(json, Deep);
}
