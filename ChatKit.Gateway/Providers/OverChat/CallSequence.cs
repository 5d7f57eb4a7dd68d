using System.Buffers;
using System.Text;
using System.Text.Json;
using ChatKit.Gateway.Providers.Translation;
using ChatKit.Gateway.Wire.OpenAi;

namespace ChatKit.Gateway.Providers.OverChat;

/// <summary>
/// The tool calls of a streamed answer, one after the other. Chunks may mix the pieces of parallel calls; the dialects in front finish one call before they
/// begin the next. So the pieces of one call pass, those of later ones wait, and a call is over when its arguments are a whole object and another waits.
/// </summary>
internal sealed class CallSequence(ICallWriter writer)
{
    private readonly List<Call> _calls = [];
    private int _current;

    public bool Any => _calls.Count > 0;

    /// <summary>Takes one piece. A <see cref="JsonException"/> where it belongs to a call that is over, or to none.</summary>
    public void Add(ChatToolCall piece, IBufferWriter<byte> output)
    {
        var position = Find(piece);
        if (position < _current) throw new JsonException("A piece of a tool call came after the call was complete.");
        _calls[position].Arguments.Append(piece.Function?.Arguments);
        if (position == _current) Write(output);
        while (_current < _calls.Count - 1 && _calls[_current].IsWhole) Advance(output);
    }

    /// <summary>No more pieces come: says what waits, and ends every call.</summary>
    public void Finish(IBufferWriter<byte> output)
    {
        while (_current < _calls.Count) Advance(output);
    }

    /// <summary>
    /// A piece says by its index which call it belongs to. Some providers number none of them, or all 0: then a new id begins a new call.
    /// </summary>
    private int Find(ChatToolCall piece)
    {
        var known = piece.Index is { } index ? _calls.FindLastIndex(call => call.Index == index) : _calls.Count - 1;
        var isNew = known < 0 || (piece is { Id.Length: > 0, Function.Name.Length: > 0 } && piece.Id != _calls[known].Id);
        if (!isNew) return known;
        if (piece.Function?.Name is not { Length: > 0 } name) throw new JsonException("A tool call began without the name of its function.");
        _calls.Add(new Call(piece.Index, piece.Id is { Length: > 0 } id ? id : $"call_{_calls.Count}", name));
        return _calls.Count - 1;
    }

    private void Write(IBufferWriter<byte> output)
    {
        var call = _calls[_current];
        if (!call.IsBegun) writer.Begin(call.Id, call.Name, output);
        call.IsBegun = true;
        if (call.Written < call.Arguments.Length) writer.Append(call.Arguments.ToString(call.Written, call.Arguments.Length - call.Written), output);
        call.Written = call.Arguments.Length;
    }

    private void Advance(IBufferWriter<byte> output)
    {
        Write(output);
        writer.End(_calls[_current].Arguments.ToString(), output);
        _current++;
        if (_current < _calls.Count) Write(output);
    }

    private sealed class Call(int? index, string id, string name)
    {
        public int? Index => index;

        public string Id => id;

        public string Name => name;

        public StringBuilder Arguments { get; } = new();

        public bool IsBegun { get; set; }

        public int Written { get; set; }

        /// <summary>No arguments may be none yet.</summary>
        public bool IsWhole => Arguments.Length > 0 && ToolArguments.Read(Arguments.ToString()) is not null;
    }
}

/// <summary>Writes calls in a dialect's events.</summary>
internal interface ICallWriter
{
    void Begin(string id, string name, IBufferWriter<byte> output);

    /// <summary>A further piece of the arguments.</summary>
    void Append(string piece, IBufferWriter<byte> output);

    /// <summary>The call is complete, with all of its arguments.</summary>
    void End(string arguments, IBufferWriter<byte> output);
}
