using System.Net;
using System.Net.Http.Headers;

namespace ChatKit.Gateway.Providers.Uploads;

/// <summary>A form as the body of an upstream request: written part by part as the connection takes it.</summary>
internal sealed class UploadContent : HttpContent
{
    private readonly FormUpload _upload;
    private readonly FormParts _parts;
    private readonly CancellationTokenSource _stop = new();
    private readonly long? _length;
    private Task _sending = Task.CompletedTask;

    public UploadContent(FormUpload upload, ModelCall call, ICollection<string> losses)
    {
        (_upload, _parts) = (upload, new FormParts(upload.Boundary, call, losses));
        _length = upload.LengthOf(_parts);
        Headers.ContentType = new MediaTypeHeaderValue("multipart/form-data") { Parameters = { new NameValueHeaderValue("boundary", $"\"{upload.Boundary}\"") } };
    }

    /// <summary>
    /// True where the provider is asked before the body is sent (https://www.rfc-editor.org/rfc/rfc9110#field.expect): as long as it only refused, the client's file
    /// has not been touched, and another provider may have it.
    /// </summary>
    public bool AsksFirst => !_upload.IsWhole;

    /// <summary>Ends the sending, where the answer or the failure came before its end. Afterwards nobody reads the client's body.</summary>
    public async ValueTask StopAsync()
    {
        if (!_sending.IsCompleted) await _stop.CancelAsync();
        await _sending.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken) => _sending = WriteAsync(stream, cancellationToken);

    protected override bool TryComputeLength(out long length)
    {
        length = _length ?? 0;
        return _length is not null;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) _stop.Dispose();
        base.Dispose(disposing);
    }

    private async Task WriteAsync(Stream stream, CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _stop.Token);
        await _upload.WriteAsync(_parts, stream, either.Token);
    }
}
