using System.Buffers;
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

    private static readonly JsonDocumentOptions Options = new() { MaxDepth = Deepest, AllowDuplicateProperties = false };

    private static readonly GatewayError TooLarge = new(StatusCodes.Status413PayloadTooLarge, "bad_request_error", "The request body is larger than 1 MB.", "request_body");

    public static async ValueTask<(JsonDocument? Body, GatewayError? Error)> ReadAsync(HttpRequest request)
    {
        // Nothing is set on the server for it: it then takes what is left from the wire, and the client reads the refusal instead of a broken connection.
        if (request.ContentLength > Longest) return (null, TooLarge);
        while (true)
        {
            var read = await request.BodyReader.ReadAsync(request.HttpContext.RequestAborted);
            if (read.Buffer.Length > Longest) return (null, TooLarge);
            if (read.IsCompleted)
            {
                var body = read.Buffer.ToArray();
                request.BodyReader.AdvanceTo(read.Buffer.End);
                return Parse(body);
            }

            request.BodyReader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
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
