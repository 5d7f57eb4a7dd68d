using System.Text;
using ChatKit.Gateway.Wire.Sse;
using Xunit;

namespace ChatKit.Gateway.Tests.Wire;

public sealed class SseReaderTests
{
    private const string Stream =
        "\uFEFF: hello\n\nevent: greeting\ndata: {\"text\":\"é\"}\n\ndata: one\r\ndata:two\r\nid: 7\r\n\r\n\n\ndata\rretry: 5\r\revent: only\n\ndata:  two spaces\n\n";

    private static readonly string[] Expected =
        ["|", "greeting|{\"text\":\"é\"}", "|one\ntwo", "|", "only|", "| two spaces"];

    [Fact]
    public void Events_are_the_same_wherever_the_stream_is_cut_in_two()
    {
        var bytes = Encoding.UTF8.GetBytes(Stream);
        for (var cut = 0; cut <= bytes.Length; cut++)
            Assert.Equal(Expected, Read(bytes[..cut], bytes[cut..]));
    }

    [Fact]
    public void Events_are_the_same_when_every_byte_comes_alone() =>
        Assert.Equal(Expected, Read([.. Encoding.UTF8.GetBytes(Stream).Select(b => new[] { b })]));

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    [InlineData("\r")]
    public void Every_line_ending_ends_lines(string end)
    {
        var text = string.Join(end, "event: a", "data: 1", "data: 2", "", "data: 3", "", "");
        foreach (var chunks in EveryCut(text)) Assert.Equal(["a|1\n2", "|3"], Read(chunks));
    }

    [Fact]
    public void An_event_that_ends_with_a_carriage_return_does_not_wait_for_what_may_follow()
    {
        using var reader = new SseReader();
        Feed(reader, "data: now\r\n\r"u8);
        Assert.True(reader.TryRead(out var first));
        Assert.Equal("now"u8, first.Data.Span);
        Feed(reader, "\ndata: next\r\n\r\n"u8);
        Assert.True(reader.TryRead(out var second));
        Assert.Equal("next"u8, second.Data.Span);
        Assert.False(reader.TryRead(out _));
    }

    [Fact]
    public void Raw_bytes_of_all_events_make_up_the_stream()
    {
        const string Plain = ": ping\n\nevent: a\nid: 1\ndata: x\n\ndata: y\r\n\r\n";
        foreach (var chunks in EveryCut(Plain))
        {
            using var reader = new SseReader();
            var raw = new StringBuilder();
            foreach (var chunk in chunks)
            {
                Feed(reader, chunk);
                while (reader.TryRead(out var next)) raw.Append(Encoding.UTF8.GetString(next.Raw.Span));
            }

            // A CR that ends a chunk ends its event too, and the LF that completes the pair is dropped: nothing else may be.
            Assert.Equal(Plain.Replace("\r\n", "\n"), raw.ToString().Replace("\r\n", "\n").Replace('\r', '\n'));
        }
    }

    [Fact]
    public void Data_lies_within_the_raw_bytes_so_that_an_edit_can_splice()
    {
        using var reader = new SseReader();
        Feed(reader, "event: a\ndata: {\"model\":1}\n\n"u8);
        Assert.True(reader.TryRead(out var next));
        Assert.True(next.Raw.Span.Overlaps(next.Data.Span, out var offset));
        Assert.Equal("event: a\ndata: ".Length, offset);
    }

    [Fact]
    public void An_event_without_its_blank_line_comes_at_the_end_of_the_stream()
    {
        using var reader = new SseReader();
        Feed(reader, "data: x\n\ndata: [DONE]"u8);
        Assert.True(reader.TryRead(out _));
        Assert.False(reader.TryRead(out _));
        Assert.True(reader.TryReadLast(out var last));
        Assert.Equal("[DONE]"u8, last.Data.Span);
        Assert.False(reader.TryReadLast(out _));
    }

    [Fact]
    public void An_event_larger_than_the_buffer_comes_whole()
    {
        var text = new string('x', 300_000);
        var bytes = Encoding.UTF8.GetBytes($"data: small\n\ndata: {text}\n\ndata: after\n\n");
        Assert.Equal(["|small", $"|{text}", "|after"], Read([.. bytes.Chunk(1000)]));
    }

    [Fact]
    public void A_reader_says_when_an_event_has_outgrown_its_limit()
    {
        using var reader = new SseReader(maxEventBytes: 1000);
        Feed(reader, "data: small\n\n"u8);
        Assert.True(reader.TryRead(out _));
        Feed(reader, Encoding.UTF8.GetBytes("data: " + new string('x', 500)));
        Assert.False(reader.TryRead(out _));
        Assert.False(reader.IsFull);
        Feed(reader, Encoding.UTF8.GetBytes(new string('x', 500)));
        Assert.True(reader.IsFull);
    }

    [Fact]
    public void Reading_events_that_lie_in_one_piece_allocates_nothing()
    {
        using var reader = new SseReader();
        var chunk = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("data: {\"a\":1}\n\n", 16)));
        Pump();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++) Pump();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Pump()
        {
            Feed(reader, chunk);
            while (reader.TryRead(out _)) { }
        }
    }

    private static IEnumerable<byte[][]> EveryCut(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        for (var cut = 0; cut <= bytes.Length; cut++) yield return [bytes[..cut], bytes[cut..]];
        yield return [.. bytes.Select(b => new[] { b })];
    }

    private static List<string> Read(params byte[][] chunks)
    {
        using var reader = new SseReader();
        var events = new List<string>();
        foreach (var chunk in chunks)
        {
            Feed(reader, chunk);
            while (reader.TryRead(out var next)) events.Add($"{Encoding.UTF8.GetString(next.Type.Span)}|{Encoding.UTF8.GetString(next.Data.Span)}");
        }

        return events;
    }

    private static void Feed(SseReader reader, ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            var room = reader.GetMemory();
            var count = Math.Min(room.Length, bytes.Length);
            bytes[..count].CopyTo(room.Span);
            reader.Advance(count);
            bytes = bytes[count..];
        }
    }
}
