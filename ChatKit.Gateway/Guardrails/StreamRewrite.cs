using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using ChatKit.Gateway.Guardrails.Texts;
using ChatKit.Gateway.Wire.Json;
using ChatKit.Gateway.Wire.Sse;

namespace ChatKit.Gateway.Guardrails;

/// <summary>
/// Rewrites the texts of a streamed answer event by event. A text goes through its chain piece by piece; what its chain still holds when it ends leaves in an event like
/// its last one, before the event that ends it.
/// </summary>
/// <param name="texts">Where the texts are.</param>
/// <param name="open">Makes the chain of a text; told whether it is JSON itself.</param>
internal sealed class StreamRewrite(IStreamTexts texts, Func<bool, TextChain> open)
{
    private readonly Dictionary<string, Channel> _channels = [];
    private int _added;

    /// <summary>Takes an event, and writes it and what has to come before it.</summary>
    public void Write(in SseEvent next, IBufferWriter<byte> output)
    {
        var data = next.Data.Span;
        if (data.IsEmpty)
        {
            output.Write(next.Raw.Span);
            return;
        }

        if (data[0] != '{')
        {
            // The terminal of those that have one.
            End(output);
            output.Write(next.Raw.Span);
            return;
        }

        var root = JsonElement.Parse(data);
        var ended = texts.Ended(root).ToList();
        var pieces = PiecesOf(root, data);
        var changes = new List<(ByteRange Range, string Text)>();
        for (var i = 0; i < pieces.Count; i++)
        {
            var (leaf, name) = pieces[i];
            var isLast = !pieces.Skip(i + 1).Any(piece => piece.Channel == name);
            var passed = name is null ? open(IsJson(root, leaf)).Push(leaf.Text, isEnd: true) : ChannelOf(name, root, leaf).Chain.Push(leaf.Text, isLast && IsIn(name, ended));
            if (passed != leaf.Text) changes.Add((leaf.Range, passed));
        }

        var spoken = pieces.Select(static piece => piece.Channel).OfType<string>().ToHashSet();
        foreach (var name in spoken) _channels[name].Event = (next.Type.ToArray(), data.ToArray());
        End(name => IsIn(name, ended) && !spoken.Contains(name), Numbered(data) is { } number ? NumberAt(data, number) : null, output);
        foreach (var name in spoken.Where(name => IsIn(name, ended))) _channels.Remove(name);
        WriteEvent(next, changes, output);
    }

    /// <summary>The stream is over: what is still held leaves.</summary>
    public void End(IBufferWriter<byte> output) => End(static _ => true, null, output);

    private static bool IsIn(string name, List<string> ended) => ended.Exists(prefix => name.StartsWith(prefix, StringComparison.Ordinal));

    private List<(JsonLeaf Leaf, string? Channel)> PiecesOf(JsonElement root, ReadOnlySpan<byte> data)
    {
        var pieces = new List<(JsonLeaf, string?)>();
        var occurrences = new Dictionary<string, int>();
        foreach (var leaf in JsonLeaves.Find(data, static path => path is ["delta"] || TextMap.IsText(path)).Where(leaf => texts.IsText(root, leaf)))
        {
            var place = string.Join('/', leaf.Path);
            var occurrence = occurrences[place] = occurrences.GetValueOrDefault(place, -1) + 1;
            pieces.Add((leaf, texts.ChannelOf(root, leaf, occurrence)));
        }

        return pieces;
    }

    private Channel ChannelOf(string name, JsonElement root, JsonLeaf leaf)
    {
        if (!_channels.TryGetValue(name, out var channel)) _channels[name] = channel = new Channel(open(IsJson(root, leaf)));
        channel.Range = leaf.Range;
        return channel;
    }

    /// <param name="isOver">Which texts are over.</param>
    /// <param name="before">The number of the event before which this happens, in APIs that count theirs.</param>
    /// <param name="output">Takes what they still held.</param>
    private void End(Func<string, bool> isOver, long? before, IBufferWriter<byte> output)
    {
        foreach (var (name, channel) in _channels.Where(entry => isOver(entry.Key)).ToList())
        {
            _channels.Remove(name);
            if (!channel.Chain.Holds || channel.Event is not { } last) continue;
            var rest = channel.Chain.Push("", isEnd: true);
            if (rest.Length == 0) continue;
            WriteHead(last.Type, output);
            WriteData(last.Data, [(channel.Range, rest)], before is { } number && Numbered(last.Data) is { } range ? (range, number + _added++) : null, output);
            output.Write("\n\n"u8);
        }
    }

    private void WriteEvent(in SseEvent next, List<(ByteRange Range, string Text)> changes, IBufferWriter<byte> output)
    {
        var data = next.Data.Span;
        (ByteRange, long)? number = _added > 0 && Numbered(data) is { } range ? (range, NumberAt(data, range) + _added) : null;
        if (changes.Count == 0 && number is null)
        {
            output.Write(next.Raw.Span);
            return;
        }

        WriteHead(next.Type.Span, output);
        WriteData(data, changes, number, output);
        output.Write("\n\n"u8);
    }

    private static void WriteHead(ReadOnlySpan<byte> type, IBufferWriter<byte> output)
    {
        if (type.Length > 0)
        {
            output.Write("event: "u8);
            output.Write(type);
            output.Write("\n"u8);
        }

        output.Write("data: "u8);
    }

    private static void WriteData(ReadOnlySpan<byte> data, IReadOnlyList<(ByteRange Range, string Text)> changes, (ByteRange Range, long Number)? number, IBufferWriter<byte> output)
    {
        var edits = changes.Select(static change => (change.Range, Bytes: JsonText.Quote(change.Text)));
        if (number is { } counted) edits = edits.Append((counted.Range, Encoding.ASCII.GetBytes(counted.Number.ToString(CultureInfo.InvariantCulture))));
        var copied = 0;
        foreach (var (range, bytes) in edits.OrderBy(static edit => edit.Range.Start))
        {
            output.Write(data[copied..range.Start]);
            output.Write(bytes);
            copied = range.End;
        }

        output.Write(data[copied..]);
    }

    /// <summary>Where an event's number stands, in APIs that count their events.</summary>
    private static ByteRange? Numbered(ReadOnlySpan<byte> data)
    {
        var members = new List<JsonMember>();
        JsonMembers.Read(data, members);
        foreach (var member in members)
            if (member.Kind is JsonTokenType.Number && member.Is(data, "sequence_number"u8)) return new ByteRange(member.ValueStart, member.ValueEnd);
        return null;
    }

    private static long NumberAt(ReadOnlySpan<byte> data, ByteRange range) => long.TryParse(range.Of(data), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;

    private static bool IsJson(JsonElement root, JsonLeaf leaf) => leaf.Name is "arguments" or "partial_json" || (leaf.Path is ["delta"] && StreamTexts.Type(root)?.Contains("arguments", StringComparison.Ordinal) is true);

    private sealed class Channel(TextChain chain)
    {
        public TextChain Chain => chain;

        public (byte[] Type, byte[] Data)? Event { get; set; }

        /// <summary>Where the text stands in it.</summary>
        public ByteRange Range { get; set; }
    }
}
