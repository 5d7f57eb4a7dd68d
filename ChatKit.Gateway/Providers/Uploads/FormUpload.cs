using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using ChatKit.Gateway.Wire;
using ChatKit.Gateway.Wire.Forms;

namespace ChatKit.Gateway.Providers.Uploads;

/// <summary>
/// A form with files on its way to a provider. Its beginning is held, up to where the model is known; the rest is read from the client while it is sent, no faster
/// than the provider takes it. What is held can be sent again to another provider; once the rest was touched, nothing can.
/// </summary>
/// <param name="boundary">The client's own, under which the form goes on.</param>
/// <param name="reader">The client's body.</param>
internal sealed class FormUpload(string boundary, FormReader reader) : IDisposable
{
    /// <summary>The part that names the model.</summary>
    public const string Model = "model";

    private readonly List<HeldPart> _parts = [];
    private readonly PooledBuffer _content = new();

    public string Boundary => boundary;

    /// <summary>True once all of the form is held.</summary>
    public bool IsWhole { get; private set; }

    /// <summary>True once a part was read that is not held: the form cannot be sent again.</summary>
    public bool IsSpent { get; private set; }

    /// <summary>What was wrong with the form, found while it was sent; null where nothing was.</summary>
    public FormException? Problem { get; private set; }

    /// <summary>The model's name, where it is among what is held.</summary>
    public string? ModelName => _parts.Find(static part => part.Head.Name is Model) is { } part ? Encoding.UTF8.GetString(_content.WrittenSpan[part.Content]) : null;

    /// <summary>Holds the next part. False at the end of the form.</summary>
    public async ValueTask<bool> HoldAsync(CancellationToken cancellationToken)
    {
        if (await reader.NextAsync(cancellationToken) is not { } head)
        {
            IsWhole = true;
            return false;
        }

        RefuseSecondModel(head);
        var start = _content.WrittenCount;
        while (await reader.ReadAsync(cancellationToken) is { IsEmpty: false } piece)
        {
            foreach (var segment in piece) _content.Write(segment.Span);
        }

        _parts.Add(new HeldPart(head, start.._content.WrittenCount));
        return true;
    }

    /// <summary>Writes the form for one deployment.</summary>
    public async Task WriteAsync(FormParts form, Stream provider, CancellationToken cancellationToken)
    {
        await provider.WriteAsync(form.Start, cancellationToken);
        foreach (var part in _parts.Where(part => form.Goes(part.Head)))
        {
            await provider.WriteAsync(form.Opening(part.Head), cancellationToken);
            await provider.WriteAsync(_content.WrittenMemory[part.Content], cancellationToken);
            await provider.WriteAsync(FormParts.LineEnd, cancellationToken);
        }

        if (!IsWhole) await PassRestAsync(form, provider, cancellationToken);
        await provider.WriteAsync(form.End(), cancellationToken);
    }

    /// <summary>How long the form will be for the deployment; null where not all of it is known yet.</summary>
    public long? LengthOf(FormParts form) => IsWhole
        ? form.Start.Length
            + _parts.Where(part => form.Goes(part.Head)).Sum(part => (long)form.Opening(part.Head).Length + _content.WrittenSpan[part.Content].Length + FormParts.LineEnd.Length)
            + form.End().Length
        : null;

    /// <summary>The hash of what is held, names and contents in their order.</summary>
    public byte[] Digest()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var part in _parts)
        {
            hash.AppendData(SHA256.HashData(Encoding.UTF8.GetBytes(part.Head.Name)));
            hash.AppendData(SHA256.HashData(_content.WrittenSpan[part.Content]));
        }

        return hash.GetHashAndReset();
    }

    public void Dispose() => _content.Dispose();

    private async Task PassRestAsync(FormParts form, Stream provider, CancellationToken cancellationToken)
    {
        try
        {
            while (await reader.NextAsync(cancellationToken) is { } head)
            {
                IsSpent = true;
                RefuseSecondModel(head);
                var goes = form.Goes(head);
                if (goes) await provider.WriteAsync(form.Opening(head), cancellationToken);
                while (await reader.ReadAsync(cancellationToken) is { IsEmpty: false } piece)
                {
                    if (!goes) continue;
                    foreach (var segment in piece) await provider.WriteAsync(segment, cancellationToken);
                }

                if (goes) await provider.WriteAsync(FormParts.LineEnd, cancellationToken);
            }

            IsWhole = !IsSpent;
        }
        catch (FormException problem)
        {
            Problem = problem;
            throw;
        }
        finally
        {
            reader.Release();
        }
    }

    /// <summary>Which of two counts differs between parsers, and a check of the one must not let the other through.</summary>
    private void RefuseSecondModel(FormPartHead head)
    {
        if (head.Name is Model && ModelName is not null) throw new FormException("names its 'model' twice") { Param = Model };
    }

    private sealed record HeldPart(FormPartHead Head, Range Content);
}
