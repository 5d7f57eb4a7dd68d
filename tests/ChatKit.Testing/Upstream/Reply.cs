using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace ChatKit.Testing.Upstream;

/// <summary>How a fake upstream answers one request.</summary>
public delegate Task Reply(ReceivedRequest request, HttpContext http);

/// <summary>Replies that any provider, or the proxy in front of it, may give. A dialect adds its own.</summary>
public static class Replies
{
    /// <summary>A status with a body and headers.</summary>
    public static Reply Status(int status, string body, string contentType = "application/json", params (string Name, string Value)[] headers) =>
        async (_, http) =>
        {
            http.Response.StatusCode = status;
            http.Response.ContentType = contentType;
            foreach (var (name, value) in headers) http.Response.Headers[name] = StringValues.Concat(http.Response.Headers[name], value);
            var bytes = Encoding.UTF8.GetBytes(body);
            http.Response.ContentLength = bytes.Length;
            await http.Response.Body.WriteAsync(bytes, http.RequestAborted);
        };

    /// <summary>200 with exactly this JSON.</summary>
    public static Reply Json(string body) => Status(StatusCodes.Status200OK, body);

    /// <summary>200 and no byte of a body.</summary>
    public static Reply EmptyOk { get; } = Status(StatusCodes.Status200OK, "");

    /// <summary>What a proxy in front of a provider says when the provider is down; holds a text that must not leak.</summary>
    public static Reply HtmlError(int status = 500) =>
        Status(status, "<html><head><title>Error</title></head><body><h1>nginx internal-host-10-0-0-7</h1></body></html>", "text/html");

    /// <summary>Accepts the request and never answers.</summary>
    public static Reply Hang { get; } = (_, http) => Forever(http);

    /// <summary>Declares a longer body than it sends, then cuts the connection.</summary>
    public static Reply CutJson(string body, int keep) => async (_, http) =>
    {
        var bytes = Encoding.UTF8.GetBytes(body);
        http.Response.ContentType = "application/json";
        http.Response.ContentLength = bytes.Length;
        await http.Response.Body.WriteAsync(bytes.AsMemory(0, keep), http.RequestAborted);
        await http.Response.Body.FlushAsync(http.RequestAborted);
        await CutAsync(http);
    };

    /// <summary>
    /// An event stream from exactly these pieces, one flush each (so that a test chooses the chunk boundaries). <see cref="SseEnd"/> says how it ends.
    /// </summary>
    public static Reply Sse(IEnumerable<string> pieces, SseEnd end = SseEnd.Close, TimeSpan delay = default) =>
        Stream("text/event-stream; charset=utf-8", pieces.Select(Encoding.UTF8.GetBytes), end, delay);

    /// <summary>The same for any framing.</summary>
    public static Reply Stream(string contentType, IEnumerable<byte[]> pieces, SseEnd end = SseEnd.Close, TimeSpan delay = default) => async (_, http) =>
    {
        http.Response.ContentType = contentType;
        foreach (var piece in pieces)
        {
            if (delay > TimeSpan.Zero) await Task.Delay(delay, TimeProvider.System, http.RequestAborted);
            await http.Response.Body.WriteAsync(piece, http.RequestAborted);
            await http.Response.Body.FlushAsync(http.RequestAborted);
        }

        if (end is SseEnd.Cut) await CutAsync(http);
        if (end is SseEnd.Silence) await Forever(http);
    };

    /// <summary>A reset takes with it what the other side has not read yet, so it gets the time to.</summary>
    private static async Task CutAsync(HttpContext http)
    {
        await Task.Delay(TimeSpan.FromMilliseconds(150), TimeProvider.System, http.RequestAborted);
        http.Abort();
    }

    private static Task Forever(HttpContext http) => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, http.RequestAborted);
}

/// <summary>How a scripted event stream ends after its last piece.</summary>
public enum SseEnd
{
    /// <summary>An orderly end of the response body.</summary>
    Close,

    /// <summary>The connection breaks.</summary>
    Cut,

    /// <summary>The connection stays open and nothing more comes.</summary>
    Silence,
}
