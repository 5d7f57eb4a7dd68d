using System.Buffers;
using System.Text.Json;
using ChatKit.Gateway.Wire.Json;

namespace ChatKit.Gateway.Wire.OpenAi;

/// <summary>
/// Writes the events of a translated stream. The role goes out with the first content and not before, so that a stream which fails earlier leaves
/// nothing written.
/// </summary>
internal sealed class ChatChunkWriter(string id, long created, string model)
{
    private bool _opened;

    public void Write(IBufferWriter<byte> output, ChatDelta delta)
    {
        Open(output);
        Write(output, Chunk(new ChatChunkChoice(0, delta, FinishReason: null)));
    }

    /// <summary>The finish, the usage where it was asked for, and the terminal.</summary>
    public void Finish(IBufferWriter<byte> output, string reason, ChatNativeFinish? native, ChatUsage? usage)
    {
        Open(output);
        Write(output, Chunk(new ChatChunkChoice(0, new ChatDelta(), reason) { ProviderSpecificFields = native }));
        if (usage is not null) Write(output, new ChatChunk(id, created, model, []) { Usage = usage });
        output.Write("data: [DONE]\n\n"u8);
    }

    private void Open(IBufferWriter<byte> output)
    {
        if (_opened) return;
        _opened = true;
        Write(output, Chunk(new ChatChunkChoice(0, new ChatDelta { Role = "assistant", Content = "" }, FinishReason: null)));
    }

    private ChatChunk Chunk(ChatChunkChoice choice) => new(id, created, model, [choice]);

    private static void Write(IBufferWriter<byte> output, ChatChunk chunk)
    {
        output.Write("data: "u8);
        using (var json = new Utf8JsonWriter(output, JsonText.Plain)) JsonSerializer.Serialize(json, chunk, OpenAiJson.Default.ChatChunk);
        output.Write("\n\n"u8);
    }
}
