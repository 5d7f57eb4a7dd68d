using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using ChatKit.Gateway.Providers.Translation;
using ChatKit.Gateway.Wire.Anthropic;
using ChatKit.Gateway.Wire.Json;

namespace ChatKit.Gateway.Providers.OverChat.Messages;

/// <summary>
/// Writes the events of one message in their order: the message opens with its first block, one block is open at a time, and each has the next index. A stream
/// that fails before it says anything leaves nothing written.
/// </summary>
internal sealed class MessagesEventWriter(string clientModel) : ICallWriter
{
    private string? _id;
    private bool _started;
    private int _index = -1;

    /// <summary>The type of the block that is open; null between blocks.</summary>
    public string? Current { get; private set; }

    public void Identify(string? id) => _id ??= id;

    public void Open(GivenBlock block, IBufferWriter<byte> output)
    {
        Start(output);
        Close(output);
        Current = block.Type;
        Write("content_block_start", new GivenEvent("content_block_start") { Index = ++_index, ContentBlock = block }, AnthropicJson.Default.GivenEvent, output);
        if (_index == 0) output.Write("event: ping\ndata: {\"type\":\"ping\"}\n\n"u8);
    }

    public void Delta(GivenDelta delta, IBufferWriter<byte> output) =>
        Write("content_block_delta", new GivenEvent("content_block_delta") { Index = _index, Delta = delta }, AnthropicJson.Default.GivenEvent, output);

    public void Close(IBufferWriter<byte> output)
    {
        if (Current is null) return;
        Current = null;
        Write("content_block_stop", new GivenEvent("content_block_stop") { Index = _index }, AnthropicJson.Default.GivenEvent, output);
    }

    public void Whole(GivenBlock block, IBufferWriter<byte> output)
    {
        Open(block, output);
        Close(output);
    }

    public void Begin(string id, string name, IBufferWriter<byte> output) => Open(MessagesAnswerTranslator.ToolUse(id, name, ToolArguments.None), output);

    public void Append(string piece, IBufferWriter<byte> output) => Delta(new GivenDelta { Type = "input_json_delta", PartialJson = piece }, output);

    public void End(string arguments, IBufferWriter<byte> output) => Close(output);

    public void Finish(string reason, string? sequence, GivenUsage usage, IBufferWriter<byte> output)
    {
        Start(output);
        Close(output);
        Write("message_delta", new GivenEnd(new GivenStop(reason, sequence), usage), AnthropicJson.Default.GivenEnd, output);
        output.Write("event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n"u8);
    }

    private void Start(IBufferWriter<byte> output)
    {
        if (_started) return;
        _started = true;
        var message = new GivenMessage(MessagesAnswerTranslator.Id(_id), clientModel, [], MessagesAnswerTranslator.Usage(null));
        Write("message_start", new GivenEvent("message_start") { Message = message }, AnthropicJson.Default.GivenEvent, output);
    }

    private static void Write<T>(string name, T data, JsonTypeInfo<T> type, IBufferWriter<byte> output)
    {
        output.Write("event: "u8);
        Encoding.UTF8.GetBytes(name, output);
        output.Write("\ndata: "u8);
        using (var json = new Utf8JsonWriter(output, JsonText.Plain)) JsonSerializer.Serialize(json, data, type);
        output.Write("\n\n"u8);
    }
}
