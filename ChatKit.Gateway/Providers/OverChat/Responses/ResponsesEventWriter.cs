using System.Buffers;
using System.Text;
using System.Text.Json;
using ChatKit.Gateway.Wire.Json;
using ChatKit.Gateway.Wire.OpenAi.Responses;

namespace ChatKit.Gateway.Providers.OverChat.Responses;

/// <summary>Numbers and writes the events of one response, and keeps its finished items. A stream that fails before it says anything leaves nothing written.</summary>
internal sealed class ResponsesEventWriter(GivenResponse shell)
{
    private readonly List<OutputItem> _items = [];
    private int _sequence;

    public IReadOnlyList<OutputItem> Items => _items;

    /// <summary>The place of the item that is open, or of the next one.</summary>
    public int Index => _items.Count;

    public void Begin(OutputItem item, IBufferWriter<byte> output)
    {
        Open(output);
        Write(new ResponseEvent("response.output_item.added", _sequence++) { OutputIndex = Index, Item = item }, output);
    }

    public void End(OutputItem item, IBufferWriter<byte> output)
    {
        Write(new ResponseEvent("response.output_item.done", _sequence++) { OutputIndex = Index, Item = item }, output);
        _items.Add(item);
    }

    /// <summary>An event of the open item.</summary>
    public void Say(string type, string itemId, Func<ResponseEvent, ResponseEvent> with, IBufferWriter<byte> output) =>
        Write(with(new ResponseEvent(type, _sequence++) { ItemId = itemId, OutputIndex = Index }), output);

    public void Finish(GivenResponse response, IBufferWriter<byte> output)
    {
        Open(output);
        Write(new ResponseEvent($"response.{response.Status}", _sequence++) { Response = response }, output);
    }

    private void Open(IBufferWriter<byte> output)
    {
        if (_sequence > 0) return;
        Write(new ResponseEvent("response.created", _sequence++) { Response = shell }, output);
        Write(new ResponseEvent("response.in_progress", _sequence++) { Response = shell }, output);
    }

    private static void Write(ResponseEvent said, IBufferWriter<byte> output)
    {
        output.Write("event: "u8);
        Encoding.UTF8.GetBytes(said.Type, output);
        output.Write("\ndata: "u8);
        using (var json = new Utf8JsonWriter(output, JsonText.Plain)) JsonSerializer.Serialize(json, said, ResponsesJson.Default.ResponseEvent);
        output.Write("\n\n"u8);
    }
}
