using System.Buffers;
using System.Text.Json;
using ChatKit.Gateway.Wire.Json;

namespace ChatKit.Gateway.Responses;

/// <summary>Input items as they are kept and listed: objects with a type and an id, whichever shorthand the client wrote.</summary>
internal static class InputItems
{
    private static readonly JsonDocumentOptions Deep = new() { MaxDepth = JsonLimits.MaxDepth + 8 };

    /// <summary>The value of <c>input</c> as an array of whole items.</summary>
    public static byte[] Normalize(ReadOnlyMemory<byte> input)
    {
        using var document = JsonDocument.Parse(input, Deep);
        return Write(writer =>
        {
            if (document.RootElement.ValueKind is JsonValueKind.Array)
                foreach (var item in document.RootElement.EnumerateArray()) WriteItem(writer, item);
            else
                WriteText(writer, document.RootElement);
        });
    }

    /// <summary>Every item that the answer to the last row was made from, or is made from where <paramref name="withAnswer"/> is set: an earlier answer is input now.</summary>
    public static IReadOnlyList<JsonElement> Of(IReadOnlyList<KeptResponse> conversation, bool withAnswer)
    {
        var items = new List<JsonElement>();
        for (var i = 0; i < conversation.Count; i++)
        {
            items.AddRange(Parse(conversation[i].Input).EnumerateArray());
            if ((withAnswer || i < conversation.Count - 1) && Parse(conversation[i].Body).TryGetProperty("output", out var output)) items.AddRange(output.EnumerateArray());
        }

        return items;
    }

    /// <summary>
    /// A conversation and what comes next as one <c>input</c>. The ids stay here: they name items in this database, and another server would look for them in its own.
    /// Reasoning that its provider sealed can be opened by nobody else, and goes.
    /// </summary>
    public static byte[] Join(IReadOnlyList<JsonElement> earlier, ReadOnlyMemory<byte> next)
    {
        using var document = JsonDocument.Parse(next, Deep);
        return Write(writer =>
        {
            foreach (var item in earlier)
                if (!IsForeign(item))
                    WriteWithoutId(writer, item);
            foreach (var item in document.RootElement.EnumerateArray()) WriteWithoutId(writer, item);
        });
    }

    private static bool IsForeign(JsonElement item) =>
        item.TryGetProperty("type", out var type) && type.ValueEquals("reasoning") &&
        !(item.TryGetProperty("encrypted_content", out var seal) && seal.ValueKind is JsonValueKind.String && seal.GetString()!.StartsWith("thinking_blocks:", StringComparison.Ordinal));

    private static void WriteWithoutId(Utf8JsonWriter writer, JsonElement item)
    {
        writer.WriteStartObject();
        foreach (var member in item.EnumerateObject())
            if (!member.NameEquals("id"u8))
                member.WriteTo(writer);
        writer.WriteEndObject();
    }

    private static void WriteItem(Utf8JsonWriter writer, JsonElement item)
    {
        if (item.ValueKind is not JsonValueKind.Object) return;
        var type = item.TryGetProperty("type", out var given) && given.ValueKind is JsonValueKind.String ? given.GetString()! : "message";
        writer.WriteStartObject();
        if (!item.TryGetProperty("id", out var id) || id.ValueKind is JsonValueKind.Null) writer.WriteString("id"u8, NewId(type));
        if (given.ValueKind is not JsonValueKind.String) writer.WriteString("type"u8, type);
        foreach (var member in item.EnumerateObject())
        {
            if (member.NameEquals("content"u8) && member.Value.ValueKind is JsonValueKind.String) WriteContent(writer, member.Value, item);
            else if (!(member.NameEquals("id"u8) && member.Value.ValueKind is JsonValueKind.Null)) member.WriteTo(writer);
        }

        writer.WriteEndObject();
    }

    private static void WriteText(Utf8JsonWriter writer, JsonElement text)
    {
        writer.WriteStartObject();
        writer.WriteString("id"u8, NewId("message"));
        writer.WriteString("type"u8, "message"u8);
        writer.WriteString("role"u8, "user"u8);
        WriteContent(writer, text, item: default);
        writer.WriteEndObject();
    }

    private static void WriteContent(Utf8JsonWriter writer, JsonElement text, JsonElement item)
    {
        var isAnswer = item.ValueKind is JsonValueKind.Object && item.TryGetProperty("role", out var role) && role.ValueKind is JsonValueKind.String && role.ValueEquals("assistant");
        writer.WriteStartArray("content"u8);
        writer.WriteStartObject();
        writer.WriteString("type"u8, isAnswer ? "output_text"u8 : "input_text"u8);
        writer.WritePropertyName("text"u8);
        text.WriteTo(writer);
        writer.WriteEndObject();
        writer.WriteEndArray();
    }

    /// <summary>A name inside one conversation, not a secret.</summary>
    private static string NewId(string type)
    {
        Span<byte> bytes = stackalloc byte[24];
        Random.Shared.NextBytes(bytes);
        var prefix = type switch { "message" => "msg", "reasoning" => "rs", "function_call" => "fc", "function_call_output" => "fco", _ => "item" };
        return $"{prefix}_{Convert.ToHexStringLower(bytes)}";
    }

    private static JsonElement Parse(string json) => JsonElement.Parse(json, Deep);

    private static byte[] Write(Action<Utf8JsonWriter> writeItems)
    {
        var json = new ArrayBufferWriter<byte>(1024);
        using (var writer = new Utf8JsonWriter(json, JsonText.Plain))
        {
            writer.WriteStartArray();
            writeItems(writer);
            writer.WriteEndArray();
        }

        return json.WrittenSpan.ToArray();
    }
}
