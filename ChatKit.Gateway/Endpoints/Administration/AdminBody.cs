using System.Buffers;
using System.IO.Pipelines;
using System.Text.Json;
using ChatKit.Gateway.Errors;
using ChatKit.Gateway.Wire.Json;

namespace ChatKit.Gateway.Endpoints.Administration;

/// <summary>
/// The body of an administrative request: one JSON object of at most a megabyte, no deeper than people write, no member twice, and every text one that both
/// databases can keep. None at all is an object without members.
/// </summary>
internal static class AdminBody
{
    private const int Longest = 1024 * 1024;
    private const int Deepest = 32;
    private const long MostDiscarded = 64L * 1024 * 1024;

    private static readonly JsonDocumentOptions Options = new() { MaxDepth = Deepest, AllowDuplicateProperties = false };

    private static readonly GatewayError TooLarge = new(StatusCodes.Status413PayloadTooLarge, "bad_request_error", "The request body is larger than 1 MB.", "request_body");

    public static async ValueTask<(JsonDocument? Body, GatewayError? Error)> ReadAsync(HttpRequest request)
    {
        var reader = request.BodyReader;
        while (true)
        {
            var read = await reader.ReadAsync(request.HttpContext.RequestAborted);
            if (read.Buffer.Length > Longest || request.ContentLength > Longest)
            {
                reader.AdvanceTo(read.Buffer.End);
                if (!read.IsCompleted) await DiscardAsync(reader, request.HttpContext.RequestAborted);
                return (null, TooLarge);
            }

            if (read.IsCompleted)
            {
                var body = read.Buffer.ToArray();
                reader.AdvanceTo(read.Buffer.End);
                return Parse(body);
            }

            reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }

    /// <summary>Most clients send all they have before they read: one that is told so in the middle sees a broken connection in place of the refusal.</summary>
    private static async ValueTask DiscardAsync(PipeReader reader, CancellationToken cancellationToken)
    {
        for (var discarded = 0L; discarded < MostDiscarded;)
        {
            var read = await reader.ReadAsync(cancellationToken);
            discarded += read.Buffer.Length;
            reader.AdvanceTo(read.Buffer.End);
            if (read.IsCompleted) return;
        }
    }

    private static (JsonDocument?, GatewayError?) Parse(byte[] body)
    {
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(body.Length == 0 ? "{}"u8.ToArray() : body, Options);
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException)
        {
            return (null, Malformed($"The request body is not JSON, nests deeper than {Deepest} levels, or names a member twice."));
        }

        var error = document.RootElement.ValueKind is not JsonValueKind.Object ? Malformed("The request body must be a JSON object.")
            : StorableText.Refuse(document.RootElement) is { } problem ? RequestErrors.Of(problem)
            : null;
        if (error is null) return (document, null);
        document.Dispose();
        return (null, error);
    }

    private static GatewayError Malformed(string message) => new(400, "bad_request_error", message, "request_body");
}
