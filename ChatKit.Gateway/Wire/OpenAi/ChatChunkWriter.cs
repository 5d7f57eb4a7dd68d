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
    /// <summary>The choices that have begun, a bit each; nobody asks for more than a few.</summary>
    private ulong _opened;

    public void Write(IBufferWriter<byte> output, ChatDelta delta) => Write(output, 0, delta, logprobs: null);

    /// <summary>A piece of one of several choices.</summary>
    public void Write(IBufferWriter<byte> output, int index, ChatDelta delta, ChatLogprobs? logprobs)
    {
        Open(output, index);
        Write(output, Chunk(new ChatChunkChoice(index, delta, FinishReason: null) { Logprobs = logprobs }));
    }

    /// <summary>The finish, the usage where it was asked for, and the terminal.</summary>
    public void Finish(IBufferWriter<byte> output, string reason, ChatNativeFinish? native, ChatUsage? usage)
    {
        Finish(output, 0, reason, native);
        End(output, usage);
    }

    /// <summary>The finish of one of several choices.</summary>
    public void Finish(IBufferWriter<byte> output, int index, string reason, ChatNativeFinish? native)
    {
        Open(output, index);
        Write(output, Chunk(new ChatChunkChoice(index, new ChatDelta(), reason) { ProviderSpecificFields = native }));
    }

    /// <summary>The usage where it was asked for, and the terminal.</summary>
    public void End(IBufferWriter<byte> output, ChatUsage? usage)
    {
        if (usage is not null) Write(output, new ChatChunk(id, created, model, []) { Usage = usage });
        output.Write("data: [DONE]\n\n"u8);
    }

    private void Open(IBufferWriter<byte> output, int index)
    {
        var bit = 1UL << (index & 63);
        if ((_opened & bit) != 0) return;
        _opened |= bit;
        Write(output, Chunk(new ChatChunkChoice(index, new ChatDelta { Role = "assistant", Content = "" }, FinishReason: null)));
    }

    private ChatChunk Chunk(ChatChunkChoice choice) => new(id, created, model, [choice]);

    private static void Write(IBufferWriter<byte> output, ChatChunk chunk)
    {
        output.Write("data: "u8);
        using (var json = new Utf8JsonWriter(output, JsonText.Plain)) JsonSerializer.Serialize(json, chunk, OpenAiJson.Default.ChatChunk);
        output.Write("\n\n"u8);
    }
}
