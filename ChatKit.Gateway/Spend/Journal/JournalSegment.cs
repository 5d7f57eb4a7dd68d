using System.Text.Json;
using ChatKit.Gateway.Wire;
using Microsoft.Win32.SafeHandles;

namespace ChatKit.Gateway.Spend.Journal;

/// <summary>
/// One file of the journal, and one batch of the database: it is filled, sealed, stored in one transaction, and deleted. Its records stay in memory beside the
/// file, so that nothing is read back in ordinary times; after a crash, or where there are too many, the file has them.
/// </summary>
internal sealed class JournalSegment : IDisposable
{
    private readonly SafeFileHandle? _file;
    private readonly string? _path;
    private List<SpendRecord>? _records = [];
    private PooledBuffer? _unwritten;
    private long _length;

    private JournalSegment(string name, string? path, SafeFileHandle? file) => (Name, _path, _file) = (name, path, file);

    /// <summary>The same for as long as the file is there, and never again.</summary>
    public string Name { get; }

    public int Count { get; private set; }

    /// <summary>Records that are in memory.</summary>
    public int Held => _records?.Count ?? 0;

    /// <summary>False while the disk refuses what memory has.</summary>
    public bool IsOnDisk => _file is not null && _unwritten is null;

    /// <exception cref="IOException">The file cannot be made.</exception>
    /// <exception cref="UnauthorizedAccessException">Nor may it.</exception>
    public static JournalSegment Create(string name, string path)
    {
        var file = File.OpenHandle(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.Read);
        RandomAccess.Write(file, JournalFrame.Magic, 0);
        return new JournalSegment(name, path, file) { _length = JournalFrame.Magic.Length };
    }

    /// <summary>Where no file can be made: memory alone.</summary>
    public static JournalSegment WithoutFile(string name) => new(name, null, null);

    /// <summary>A file that an earlier process left behind; null where somebody holds it.</summary>
    public static JournalSegment? TryTake(string name, string path)
    {
        try
        {
            var file = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
            return new JournalSegment(name, path, file) { _records = null, _length = RandomAccess.GetLength(file) };
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Appends records, whose frames are given too. The reason where the disk refuses: memory has them then, and the next append tries again.</summary>
    public Exception? Append(IReadOnlyList<SpendRecord> records, ReadOnlySpan<byte> frames)
    {
        _records!.AddRange(records);
        Count += records.Count;
        if (_file is null) return null;
        if (_unwritten is not null)
        {
            Keep(frames);
            return TryAgain();
        }

        if (Write(frames) is not { } refused) return null;
        Keep(frames);
        return refused;
    }

    /// <summary>Writes what the disk refused before.</summary>
    public Exception? TryAgain()
    {
        if (_unwritten is not { } rest) return null;
        if (Write(rest.WrittenSpan) is { } refused) return refused;
        rest.Dispose();
        _unwritten = null;
        return null;
    }

    /// <summary>Makes what was written survive a loss of power.</summary>
    public void Flush()
    {
        if (_file is { IsClosed: false }) RandomAccess.FlushToDisk(_file);
    }

    /// <summary>Gives the records' memory back: the file has them.</summary>
    public void Forget() => _records = null;

    /// <summary>All records; how many bytes at the end were damaged.</summary>
    public (IReadOnlyList<SpendRecord> Records, long Damaged) Read()
    {
        if (_records is { } held) return (held, 0);
        var bytes = new byte[checked((int)RandomAccess.GetLength(_file!))];
        var filled = 0;
        while (filled < bytes.Length && RandomAccess.Read(_file!, bytes.AsSpan(filled), filled) is var count and > 0) filled += count;
        ReadOnlySpan<byte> rest = bytes.AsSpan(0, filled);
        if (!rest.StartsWith(JournalFrame.Magic)) return ([], rest.Length);
        rest = rest[JournalFrame.Magic.Length..];
        var records = new List<SpendRecord>();
        try
        {
            while (JournalFrame.TryRead(ref rest, out var record)) records.Add(record!);
        }
        catch (JsonException)
        {
            // Its sum is right, so a later version wrote it: what is behind it may be later still.
        }

        return (records, rest.Length);
    }

    /// <summary>The end of the segment: what it held is stored elsewhere.</summary>
    public void Delete()
    {
        if (_path is not null) File.Delete(_path);
        Dispose();
    }

    /// <summary>Puts the file aside under another name, for somebody to look at.</summary>
    public void SetAside()
    {
        if (_path is not null) File.Move(_path, _path + ".damaged", overwrite: true);
        Dispose();
    }

    public void Dispose()
    {
        _file?.Dispose();
        _unwritten?.Dispose();
        _unwritten = null;
    }

    /// <summary>A write that fails half way is written over by the next.</summary>
    private IOException? Write(ReadOnlySpan<byte> frames)
    {
        try
        {
            RandomAccess.Write(_file!, frames, _length);
            _length += frames.Length;
            return null;
        }
        catch (IOException refused)
        {
            return refused;
        }
    }

    private void Keep(ReadOnlySpan<byte> frames)
    {
        _unwritten ??= new PooledBuffer();
        frames.CopyTo(_unwritten.GetSpan(frames.Length));
        _unwritten.Advance(frames.Length);
    }
}
