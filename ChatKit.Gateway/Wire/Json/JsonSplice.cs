using System.Buffers;

namespace ChatKit.Gateway.Wire.Json;

/// <summary>
/// Rewrites one JSON object by its members, in order, and copies every byte that no edit touches: unknown members, the spelling of numbers, the
/// order and the white space all survive. Each member is kept, dropped or replaced once; then come appended ones; then <see cref="Finish"/>.
/// </summary>
internal ref struct JsonSplice(ReadOnlySpan<byte> source, int objectStart, IBufferWriter<byte> output)
{
    private readonly ReadOnlySpan<byte> _source = source;
    private int _copied;
    private int _previousEnd = objectStart + 1;
    private bool _any;

    public void Keep(in JsonMember member)
    {
        // A separator belongs to the member before it. Where all of those were dropped, it goes with them.
        if (!_any && _copied > 0) _copied = member.NameStart;
        _any = true;
        _previousEnd = member.ValueEnd;
    }

    public void Drop(in JsonMember member)
    {
        CopyUpTo(_previousEnd);
        _previousEnd = _copied = member.ValueEnd;
    }

    public void ReplaceValue(in JsonMember member, ReadOnlySpan<byte> value)
    {
        Keep(member);
        CopyUpTo(member.ValueStart);
        output.Write(value);
        _copied = member.ValueEnd;
    }

    public void Rename(in JsonMember member, string name)
    {
        Keep(member);
        CopyUpTo(member.NameStart);
        output.Write(JsonText.Quote(name));
        _copied = member.NameEnd;
    }

    public void Append(string name, ReadOnlySpan<byte> value)
    {
        CopyUpTo(_previousEnd);
        if (_any) output.Write(","u8);
        output.Write(JsonText.Quote(name));
        output.Write(":"u8);
        output.Write(value);
        _any = true;
    }

    public void Finish() => CopyUpTo(_source.Length);

    private void CopyUpTo(int end)
    {
        if (end <= _copied) return;
        output.Write(_source[_copied..end]);
        _copied = end;
    }
}
