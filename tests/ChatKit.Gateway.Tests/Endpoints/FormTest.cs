using System.Net.Http.Headers;
using System.Text;
using ChatKit.Gateway.Tests.Hosting;
using ChatKit.Testing.Upstream;
using Xunit;

namespace ChatKit.Gateway.Tests.Endpoints;

/// <summary>A gateway in front of the strict fake, and forms in the order in which a test writes them.</summary>
public abstract class FormTest : ModalityTest
{
    private protected const string Transcriptions = "/v1/audio/transcriptions";

    private protected static byte[] Recording { get; } = [.. Enumerable.Range(0, 70_000).Select(i => (byte)(i * 31))];

    /// <summary>A form from <c>name=value</c>; <c>@</c> stands for the file.</summary>
    private protected static MultipartFormDataContent Form(params string[] fields)
    {
        var form = new MultipartFormDataContent();
        foreach (var field in fields)
        {
            if (field == "@") form.Add(File("file"));
            else form.Add(new StringContent(field.Split('=', 2)[1]) { Headers = { ContentType = null } }, $"\"{field.Split('=', 2)[0]}\"");
        }

        return form;
    }

    private protected static HttpContent File(string name, byte[]? content = null) => new ByteArrayContent(content ?? Recording)
    {
        Headers = { ContentType = new MediaTypeHeaderValue("audio/mpeg"), ContentDisposition = new ContentDispositionHeaderValue("form-data") { Name = $"\"{name}\"", FileName = "\"a.mp3\"" } },
    };

    private protected Task<HttpResponseMessage> SendAsync(HttpContent form, string path = Transcriptions, bool chunked = false)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = form };
        if (chunked) request.Headers.TransferEncodingChunked = true;
        return Gateway.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }

    private protected async Task<string> AcceptedAsync(HttpContent form, string path = Transcriptions, bool chunked = false)
    {
        using var response = await SendAsync(form, path, chunked);
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, text);
        return text;
    }

    private protected async Task<ErrorAnswer> RejectedAsync(HttpContent form, string path = Transcriptions, bool chunked = false)
    {
        using var response = await SendAsync(form, path, chunked);
        return await ErrorAnswer.ReadAsync(response);
    }

    /// <summary>The parts as the provider got them.</summary>
    private protected static IEnumerable<string> Received(ReceivedRequest request) =>
        request.Form.Select(part => part.FileName is null ? $"{part.Name}={part.Text}" : part.Content.AsSpan().SequenceEqual(Recording) ? "@" : "another file").Order(StringComparer.Ordinal);

    private protected static StringContent Raw(string text) => new(text, Encoding.Latin1) { Headers = { ContentType = MediaTypeHeaderValue.Parse("multipart/form-data; boundary=b") } };
}
