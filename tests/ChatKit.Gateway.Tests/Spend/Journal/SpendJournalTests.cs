using ChatKit.Gateway.Spend;
using ChatKit.Gateway.Spend.Journal;
using ChatKit.Gateway.Tests.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace ChatKit.Gateway.Tests.Spend.Journal;

/// <summary>What was appended is in the file, whatever becomes of the process; what is damaged takes nothing else with it.</summary>
public sealed class SpendJournalTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("chatkit-journal-").FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public async Task What_was_appended_lies_in_the_file_at_once()
    {
        using var journal = Journal();
        await journal.AppendAsync(Records.New("a") with { Tags = ["x", "ÿ"], Cost = 12, Failure = new SpendFailure(500, "api_error", "no", ClientLeft: false) });

        // As another process sees it, while this one still has it open.
        var bytes = await ReadSharedAsync(Assert.Single(Directory.GetFiles(_root)));
        var read = Assert.Single(Read(bytes));

        Assert.Equal(("a", 12L, "x,ÿ", 500), (read.RequestId, read.Cost, string.Join(',', read.Tags), read.Failure?.Status));
    }

    [Fact]
    public async Task Many_at_once_are_all_there_once()
    {
        using var journal = Journal();
        await Task.WhenAll(Enumerable.Range(0, 8).Select(writer => Task.Run(async () =>
        {
            for (var i = 0; i < 2_000; i++) await journal.AppendAsync(Records.New($"{writer}-{i}"));
        })));
        journal.Seal();

        var ids = new List<string>();
        while (journal.TakeSealed() is { } segment)
        {
            Assert.True(segment.IsOnDisk);
            var held = segment.Read().Records.Select(record => record.RequestId).ToList();
            segment.Forget();
            // The file says the same as memory did.
            Assert.Equal(held, segment.Read().Records.Select(record => record.RequestId));
            ids.AddRange(held);
            segment.Delete();
        }

        Assert.Equal(16_000, ids.Count);
        Assert.Equal(16_000, ids.Distinct().Count());
        Assert.Empty(Directory.GetFiles(_root));
    }

    [Fact]
    public async Task A_segment_is_no_larger_than_a_transaction_should_be()
    {
        using var journal = Journal();
        var filled = 0;
        journal.Filled += () => filled++;
        for (var i = 0; i <= SpendJournal.MostInSegment; i++) await journal.AppendAsync(Records.New($"{i}"));

        Assert.Equal(1, filled);
        Assert.Equal(SpendJournal.MostInSegment, journal.TakeSealed()!.Count);
        Assert.Null(journal.TakeSealed());
    }

    [Fact]
    public async Task What_a_killed_process_left_behind_is_taken_over_and_what_lives_is_not()
    {
        using var living = Journal();
        await living.AppendAsync(Records.New("living"));
        using (var killed = Journal()) await killed.AppendAsync(Records.New("killed"));

        var left = new JournalFolder(_root).TakeLeftBehind().ToList();

        Assert.Equal("killed", Assert.Single(Assert.Single(left).Read().Records).RequestId);
        left.ForEach(static segment => segment.Dispose());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(40)]
    public async Task A_record_that_was_cut_short_is_left_out_and_those_before_it_are_not(int cut)
    {
        using (var killed = Journal())
        {
            await killed.AppendAsync(Records.New("first"));
            await killed.AppendAsync(Records.New("second"));
        }

        var file = Assert.Single(Directory.GetFiles(_root));
        await using (var stream = File.OpenWrite(file)) stream.SetLength(stream.Length - cut);
        var segment = Assert.Single(new JournalFolder(_root).TakeLeftBehind());
        var (records, damaged) = segment.Read();
        segment.SetAside();

        Assert.Equal("first", Assert.Single(records).RequestId);
        Assert.True(damaged > 0);
        Assert.Equal(file + ".damaged", Assert.Single(Directory.GetFiles(_root)));
    }

    [Fact]
    public async Task A_flipped_bit_is_noticed()
    {
        using (var killed = Journal()) await killed.AppendAsync(Records.New("first"));
        var file = Assert.Single(Directory.GetFiles(_root));
        var bytes = await File.ReadAllBytesAsync(file);
        bytes[^5] ^= 1;
        await File.WriteAllBytesAsync(file, bytes);
        var segment = Assert.Single(new JournalFolder(_root).TakeLeftBehind());

        Assert.Empty(segment.Read().Records);
        segment.Dispose();
    }

    [Fact]
    public async Task Where_no_file_can_be_made_memory_keeps_the_records_and_the_log_says_so_once()
    {
        // A file in the folder's place: nothing can be made in it.
        var place = Path.Combine(_root, "taken");
        await File.WriteAllTextAsync(place, "");
        using var log = new LogLines();
        using var factory = LoggerFactory.Create(logging => logging.AddProvider(log));
        using var journal = new SpendJournal(new JournalFolder(place), TimeProvider.System, factory.CreateLogger<SpendJournal>());
        for (var i = 0; i < 3; i++)
        {
            await journal.AppendAsync(Records.New($"{i}"));
            journal.Seal();
        }

        Assert.Equal(["0", "1", "2"], Enumerable.Range(0, 3).Select(_ => Assert.Single(journal.TakeSealed()!.Read().Records).RequestId));
        Assert.Single(log.All, line => line.StartsWith("Error", StringComparison.Ordinal));

        File.Delete(place);
        await journal.AppendAsync(Records.New("again"));
        Assert.Single(Directory.GetFiles(place));
        Assert.Contains(log.All, line => line.Contains("is written to again", StringComparison.Ordinal));
    }

    private static List<SpendRecord> Read(ReadOnlySpan<byte> bytes)
    {
        var records = new List<SpendRecord>();
        var rest = bytes[JournalFrame.Magic.Length..];
        while (JournalFrame.TryRead(ref rest, out var record)) records.Add(record!);
        return records;
    }

    private static async Task<byte[]> ReadSharedAsync(string file)
    {
        await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var bytes = new byte[stream.Length];
        await stream.ReadExactlyAsync(bytes);
        return bytes;
    }

    private SpendJournal Journal() => new(new JournalFolder(_root), TimeProvider.System, NullLogger<SpendJournal>.Instance);
}
