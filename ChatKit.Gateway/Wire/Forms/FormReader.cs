using System.Buffers;
using System.IO.Pipelines;
using System.Text;

namespace ChatKit.Gateway.Wire.Forms;

/// <summary>
/// Reads <c>multipart/form-data</c> as it comes (https://www.rfc-editor.org/rfc/rfc7578, https://www.rfc-editor.org/rfc/rfc2046#section-5.1): the head of a part,
/// then its content piece by piece. Nothing is kept but what the pipe holds, so a file of any size passes through a few kilobytes.
/// <code>--b␍␊Content-Disposition: form-data; name="model"␍␊␍␊whisper-1␍␊--b--␍␊</code>
/// </summary>
internal sealed class FormReader(PipeReader source, string boundary, long limit)
{
    /// <summary>No honest part has longer headers.</summary>
    private const int LongestHead = 16 * 1024;

    private static readonly byte[] LineEnd = "\r\n"u8.ToArray();
    private static readonly byte[] HeadEnd = "\r\n\r\n"u8.ToArray();

    private readonly byte[] _delimiter = Encoding.Latin1.GetBytes($"\r\n--{boundary}");
    private SequencePosition _taken;
    private bool _hasTaken;
    private long _read;
    private bool _begun;

    /// <summary>The next part, once the content of the one before was read to its end; null at the end of the form.</summary>
    public async ValueTask<FormPartHead?> NextAsync(CancellationToken cancellationToken)
    {
        if (!_begun) await SkipPreambleAsync(cancellationToken);
        _begun = true;
        var line = await ReadToAsync(LineEnd, cancellationToken, orEnd: true);
        if (line.AsSpan().StartsWith("--"u8))
        {
            await DrainAsync(cancellationToken);
            return null;
        }

        if (line.AsSpan().Trim(" \t"u8).Length > 0) throw new FormException("has something else than a line end after its boundary");
        var head = await ReadToAsync(HeadEnd, cancellationToken);
        return FormPartHead.Parse(head) ?? throw new FormException("has a part without a name");
    }

    /// <summary>The next piece of the part's content, valid until the next call; empty at its end.</summary>
    public async ValueTask<ReadOnlySequence<byte>> ReadAsync(CancellationToken cancellationToken)
    {
        Release();
        while (true)
        {
            var read = await FillAsync(cancellationToken);
            if (TryFind(read.Buffer, _delimiter, out var content))
            {
                if (!content.IsEmpty) return Take(content);
                Advance(read.Buffer, read.Buffer.GetPosition(_delimiter.Length));
                return default;
            }

            if (read.IsCompleted) throw Problem(read, "ends in the middle of a part");
            // What may be the beginning of the boundary waits for the rest of it.
            var safe = read.Buffer.Length - _delimiter.Length + 1;
            if (safe > 0) return Take(read.Buffer.Slice(0, safe));
            source.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }

    private ReadOnlySequence<byte> Take(in ReadOnlySequence<byte> piece)
    {
        (_taken, _hasTaken) = (piece.End, true);
        Count(piece.Length);
        return piece;
    }

    /// <summary>Gives back the latest piece, where nobody will ask for the next.</summary>
    public void Release()
    {
        if (_hasTaken) source.AdvanceTo(_taken);
        _hasTaken = false;
    }

    /// <summary>The first boundary stands at the very beginning, or after a line that nobody reads.</summary>
    private async ValueTask SkipPreambleAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var read = await FillAsync(cancellationToken);
            if (TryFind(read.Buffer, _delimiter.AsSpan(2), out var preamble))
            {
                Advance(read.Buffer, read.Buffer.GetPosition(preamble.Length + _delimiter.Length - 2));
                return;
            }

            if (read.IsCompleted || read.Buffer.Length > LongestHead) throw Problem(read, "does not begin with its boundary");
            source.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }

    /// <summary>Everything up to the mark, and past it; with <paramref name="orEnd"/>, the end of the body is as good as the mark.</summary>
    private async ValueTask<byte[]> ReadToAsync(byte[] mark, CancellationToken cancellationToken, bool orEnd = false)
    {
        Release();
        while (true)
        {
            var read = await FillAsync(cancellationToken);
            var isFound = TryFind(read.Buffer, mark, out var found);
            if (isFound || (orEnd && read.IsCompleted))
            {
                var bytes = (isFound ? found : read.Buffer).ToArray();
                Advance(read.Buffer, read.Buffer.GetPosition(Math.Min(bytes.Length + mark.Length, read.Buffer.Length)));
                return bytes;
            }

            if (read.Buffer.Length > LongestHead) throw Problem(read, $"has a part with headers of more than {LongestHead / 1024} KB");
            if (read.IsCompleted) throw Problem(read, "ends in the middle of a part");
            source.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }

    /// <summary>What stands behind the last boundary means nothing, but belongs to the request.</summary>
    private async ValueTask DrainAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var read = await FillAsync(cancellationToken);
            Advance(read.Buffer, read.Buffer.End);
            if (read.IsCompleted) return;
        }
    }

    private async ValueTask<ReadResult> FillAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await source.ReadAsync(cancellationToken);
        }
        catch (IOException)
        {
            // The client's connection, or its HTTP: nobody's fault beyond it.
            throw new FormException("broke off before its end");
        }
    }

    private void Advance(in ReadOnlySequence<byte> buffer, SequencePosition to)
    {
        var length = buffer.Slice(0, to).Length;
        source.AdvanceTo(to);
        Count(length);
    }

    private void Count(long bytes)
    {
        _read += bytes;
        if (_read <= limit) return;
        Release();
        throw new FormException($"is larger than {limit / (1024 * 1024)} MB") { IsTooLarge = true };
    }

    /// <summary>What was looked at is given back first: the server reads on where the form is left.</summary>
    private FormException Problem(in ReadResult read, string message)
    {
        source.AdvanceTo(read.Buffer.End);
        return new FormException(message);
    }

    private static bool TryFind(in ReadOnlySequence<byte> buffer, ReadOnlySpan<byte> mark, out ReadOnlySequence<byte> before)
    {
        var reader = new SequenceReader<byte>(buffer);
        return reader.TryReadTo(out before, mark, advancePastDelimiter: false);
    }
}
