using System.Buffers;
using ChatKit.Gateway.Wire.OpenAi.Responses;

namespace ChatKit.Gateway.Providers.OverChat.Responses;

/// <summary>Function calls in a stream, an item each.</summary>
internal sealed class CallItem(ResponsesEventWriter events, ResponseIds ids) : ICallWriter
{
    private OutputItem _item = new("", "function_call");

    public void Begin(string id, string name, IBufferWriter<byte> output)
    {
        _item = ResponsesAnswerTranslator.Call(ids.Next("fc"), id, name, "") with { Status = "in_progress" };
        events.Begin(_item, output);
    }

    public void Append(string piece, IBufferWriter<byte> output) =>
        events.Say("response.function_call_arguments.delta", _item.Id, said => said with { Delta = piece }, output);

    public void End(string arguments, IBufferWriter<byte> output)
    {
        var whole = arguments.Length > 0 ? arguments : "{}";
        events.Say("response.function_call_arguments.done", _item.Id, said => said with { Name = _item.Name, Arguments = whole }, output);
        events.End(_item with { Status = "completed", Arguments = whole }, output);
    }
}
