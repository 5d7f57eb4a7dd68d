using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace ChatKit.Testing.Upstream;

/// <summary>One request as it reached the fake upstream.</summary>
public sealed class ReceivedRequest
{
    private readonly TaskCompletionSource _disconnected = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _answered = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public required string Method { get; init; }

    /// <summary>The path without the query.</summary>
    public required string Path { get; init; }

    /// <summary>Path and query as they stood on the wire, escapes and all.</summary>
    public required string RawTarget { get; init; }

    /// <summary>With its <c>?</c>; empty where there is none.</summary>
    public required string Query { get; init; }

    /// <summary>Names in any case; several values joined by a comma.</summary>
    public required IReadOnlyDictionary<string, string> Headers { get; init; }

    public required byte[] Body { get; init; }

    public string BodyText => Encoding.UTF8.GetString(Body);

    /// <summary>The body, parsed anew at each call; throws where it is not JSON.</summary>
    public JsonElement Json => JsonDocument.Parse(Body).RootElement.Clone();

    /// <summary>The body as the parts of a form; throws where it is none.</summary>
    public IReadOnlyList<FormPart> Form => FormPart.Read(Headers["Content-Type"], Body);

    /// <summary>The text of a field of the form; null where there is none of that name.</summary>
    public string? Field(string name) => Form.FirstOrDefault(part => part.Name == name)?.Text;

    /// <summary>How long the body was, kept or not.</summary>
    public required long BodyLength { get; init; }

    /// <summary>Completes when the client closed the connection before the answer was complete.</summary>
    public Task Disconnected => _disconnected.Task;

    /// <summary>Completes when the whole answer was written.</summary>
    public Task Answered => _answered.Task;

    /// <param name="http">The request.</param>
    /// <param name="longestKept">Of a longer body only the length is kept.</param>
    internal static async Task<ReceivedRequest> ReadAsync(HttpContext http, int longestKept)
    {
        using var body = new MemoryStream();
        var (buffer, length) = (new byte[64 * 1024], 0L);
        while (await http.Request.Body.ReadAsync(buffer, http.RequestAborted) is var count and > 0)
        {
            length += count;
            if (length <= longestKept) body.Write(buffer, 0, count);
        }

        var request = new ReceivedRequest
        {
            Method = http.Request.Method,
            Path = http.Request.Path.Value ?? "",
            RawTarget = http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget,
            Query = http.Request.QueryString.Value ?? "",
            Headers = http.Request.Headers.ToDictionary(h => h.Key, h => h.Value.ToString(), StringComparer.OrdinalIgnoreCase),
            Body = length <= longestKept ? body.ToArray() : [],
            BodyLength = length,
        };
        http.RequestAborted.Register(() =>
        {
            if (!request._answered.Task.IsCompleted) request._disconnected.TrySetResult();
        });
        return request;
    }

    internal void MarkAnswered() => _answered.TrySetResult();
}
