using System.Buffers;

namespace ChatKit.Gateway.Spend.Journal;

/// <summary>What waits to be written together. Whoever waits for it shares one promise, which is made only where somebody does.</summary>
internal sealed class JournalBatch
{
    private readonly List<SpendRecord> _records = [];
    private readonly ArrayBufferWriter<byte> _frames = new(16 * 1024);
    private TaskCompletionSource? _written;

    public IReadOnlyList<SpendRecord> Records => _records;

    public ReadOnlySpan<byte> Frames => _frames.WrittenSpan;

    public bool IsEmpty => _records.Count == 0;

    /// <summary>Over when all of it is written.</summary>
    public Task Written => (_written ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    public void Add(SpendRecord record, ReadOnlySpan<byte> frame)
    {
        _records.Add(record);
        _frames.Write(frame);
    }

    /// <summary>Tells who waited, and is empty again.</summary>
    public void Complete()
    {
        var written = _written;
        _written = null;
        _records.Clear();
        _frames.ResetWrittenCount();
        written?.SetResult();
    }
}
