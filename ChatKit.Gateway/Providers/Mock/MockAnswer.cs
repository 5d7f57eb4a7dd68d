using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace ChatKit.Gateway.Providers.Mock;

/// <summary>One made-up answer, whole or as the events of a stream: the role, a word each, the end, the usage.</summary>
internal sealed class MockAnswer(string text, string model, DateTimeOffset createdAt)
{
    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly string _id = $"chatcmpl-{Guid.CreateVersion7(createdAt):N}";

    /// <summary>LiteLLM's constants: a mock counts nothing.</summary>
    private static (int Prompt, int Completion) Tokens => (10, 20);

    public static ReadOnlyMemory<byte> Error(string message, string code) => Json(writer =>
    {
        writer.WriteStartObject("error"u8);
        writer.WriteString("message"u8, message);
        writer.WriteString("type"u8, "mock_error"u8);
        writer.WriteNull("param"u8);
        writer.WriteString("code"u8, code);
        writer.WriteEndObject();
    });

    public ReadOnlyMemory<byte> Whole() => Json(writer =>
    {
        WriteHead(writer, "chat.completion");
        WriteChoice(writer, "message", "stop", static (message, text) =>
        {
            message.WriteString("role"u8, "assistant"u8);
            message.WriteString("content"u8, text);
        }, text);
        WriteUsage(writer);
    });

    public IEnumerable<ReadOnlyMemory<byte>> Events()
    {
        yield return Event(Chunk(null, static (delta, _) =>
        {
            delta.WriteString("role"u8, "assistant"u8);
            delta.WriteString("content"u8, ""u8);
        }));
        foreach (var word in Words()) yield return Event(Chunk(null, static (delta, word) => delta.WriteString("content"u8, word), word));
        yield return Event(Chunk("stop", static (_, _) => { }));
        yield return Event(Json(writer =>
        {
            WriteHead(writer, "chat.completion.chunk");
            writer.WriteStartArray("choices"u8);
            writer.WriteEndArray();
            WriteUsage(writer);
        }));
        yield return "data: [DONE]\n\n"u8.ToArray();
    }

    /// <summary>Each word with the white space before it, so that the pieces make up the text.</summary>
    private IEnumerable<string> Words()
    {
        var start = 0;
        for (var i = 1; i < text.Length; i++)
        {
            if (!char.IsWhiteSpace(text[i]) || char.IsWhiteSpace(text[i - 1])) continue;
            yield return text[start..i];
            start = i;
        }

        if (start < text.Length) yield return text[start..];
    }

    private ReadOnlyMemory<byte> Chunk(string? finish, Action<Utf8JsonWriter, string> writeDelta, string word = "") => Json(writer =>
    {
        WriteHead(writer, "chat.completion.chunk");
        WriteChoice(writer, "delta", finish, writeDelta, word);
    });

    private void WriteHead(Utf8JsonWriter writer, string kind)
    {
        writer.WriteString("id"u8, _id);
        writer.WriteString("object"u8, kind);
        writer.WriteNumber("created"u8, createdAt.ToUnixTimeSeconds());
        writer.WriteString("model"u8, model);
    }

    private static void WriteChoice(Utf8JsonWriter writer, string part, string? finish, Action<Utf8JsonWriter, string> writePart, string content)
    {
        writer.WriteStartArray("choices"u8);
        writer.WriteStartObject();
        writer.WriteNumber("index"u8, 0);
        writer.WriteStartObject(part);
        writePart(writer, content);
        writer.WriteEndObject();
        writer.WriteString("finish_reason"u8, finish);
        writer.WriteEndObject();
        writer.WriteEndArray();
    }

    private static void WriteUsage(Utf8JsonWriter writer)
    {
        writer.WriteStartObject("usage"u8);
        writer.WriteNumber("prompt_tokens"u8, Tokens.Prompt);
        writer.WriteNumber("completion_tokens"u8, Tokens.Completion);
        writer.WriteNumber("total_tokens"u8, Tokens.Prompt + Tokens.Completion);
        writer.WriteEndObject();
    }

    private static ReadOnlyMemory<byte> Json(Action<Utf8JsonWriter> write)
    {
        var bytes = new ArrayBufferWriter<byte>(512);
        using var writer = new Utf8JsonWriter(bytes, Readable);
        writer.WriteStartObject();
        write(writer);
        writer.WriteEndObject();
        writer.Flush();
        return bytes.WrittenMemory;
    }

    private static ReadOnlyMemory<byte> Event(ReadOnlyMemory<byte> data)
    {
        var bytes = new ArrayBufferWriter<byte>(data.Length + 8);
        Wire.Sse.SseWriter.WriteData(bytes, data.Span);
        return bytes.WrittenMemory;
    }
}
