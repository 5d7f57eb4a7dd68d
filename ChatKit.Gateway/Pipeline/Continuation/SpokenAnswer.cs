using System.Buffers;
using System.Text;
using ChatKit.Gateway.Wire.Json;
using ChatKit.Gateway.Wire.OpenAi;
using ChatKit.Gateway.Wire.Sse;

namespace ChatKit.Gateway.Pipeline.Continuation;

/// <summary>
/// The answer as the client heard it. Its first part passes as it came; a part that goes on with it takes over the answer's id, time and model, does not introduce itself
/// again, and keeps its thoughts.
/// </summary>
internal sealed class SpokenAnswer
{
    private readonly StringBuilder _text = new();
    private readonly List<JsonMember> _members = [];
    private byte[]? _id;
    private byte[]? _created;
    private byte[]? _model;
    private bool _hasMore;
    private bool _isFinished;
    private int _partStart;

    public Seams Seams { get; } = new();

    /// <summary>True where there is text to go on with, nothing else, and no end yet.</summary>
    public bool CanGoOn => _text.Length > 0 && !_hasMore && !_isFinished;

    public int Length => _text.Length;

    /// <summary>What the current part said.</summary>
    public string Part => _text.ToString(_partStart, _text.Length - _partStart);

    /// <summary>From now on another part speaks.</summary>
    public void BeginPart() => _partStart = _text.Length;

    /// <summary>Takes one event down and passes it on.</summary>
    public void Pass(in SseEvent heard, IBufferWriter<byte> client)
    {
        var data = heard.Data.Span;
        if (data.IsEmpty || data[0] != '{')
        {
            client.Write(heard.Raw.Span);
            return;
        }

        var content = ChunkContent.Read(data);
        _text.Append(content.Text);
        _hasMore |= content.HasMore;
        _isFinished |= content.HasFinish;
        if (Seams.Any) PassLaterPart(data, content, client);
        else PassFirstPart(heard, client);
    }

    private void PassFirstPart(in SseEvent heard, IBufferWriter<byte> client)
    {
        if (_id is null || _created is null)
        {
            var data = heard.Data.Span;
            JsonMembers.Read(data, _members);
            foreach (var member in _members)
            {
                if (member.Is(data, "id"u8)) _id ??= member.Value(data).ToArray();
                if (member.Is(data, "created"u8)) _created ??= member.Value(data).ToArray();
                if (member.Is(data, "model"u8)) _model ??= member.Value(data).ToArray();
            }
        }

        client.Write(heard.Raw.Span);
    }

    private void PassLaterPart(ReadOnlySpan<byte> data, in ChunkContent content, IBufferWriter<byte> client)
    {
        CompletionScan.TryScan(data, out var scan);
        if (content is { Text: "", HasMore: false, HasFinish: false } && scan.Usage is null) return;

        client.Write("data: "u8);
        JsonMembers.Read(data, _members);
        var splice = new JsonSplice(data, objectStart: 0, client);
        foreach (var member in _members)
        {
            if (_id is not null && member.Is(data, "id"u8)) splice.ReplaceValue(member, _id);
            else if (_created is not null && member.Is(data, "created"u8)) splice.ReplaceValue(member, _created);
            else if (_model is not null && member.Is(data, "model"u8)) splice.ReplaceValue(member, _model);
            else if (scan.Usage is { } usage && member.Is(data, "usage"u8)) splice.ReplaceValue(member, Seams.WriteUsage(usage));
            else splice.Keep(member);
        }

        if (content.HasFinish || scan.Usage is not null) splice.Append("chatkit", Seams.WriteMetadata());
        splice.Finish();
        client.Write("\n\n"u8);
    }
}
