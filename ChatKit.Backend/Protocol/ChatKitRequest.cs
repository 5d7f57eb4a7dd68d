using System.Text.Json;
using System.Text.Unicode;
using ChatKit.Backend.Access;

namespace ChatKit.Backend.Protocol;

/// <summary>
/// The envelope of every call: <c>{"type":"threads.list","params":{"limit":20},"metadata":{}}</c>. What is wrong with the envelope is 400; what is
/// wrong inside it, 422.
/// </summary>
internal sealed record ChatKitRequest(string Type, JsonElement Params)
{
    public static async Task<Outcome<ChatKitRequest>> ReadAsync(HttpRequest request, CancellationToken cancel)
    {
        if (!request.HasJsonContentType())
            return Problems.UnsupportedMediaType("Send the request as application/json.");
        using var buffer = new MemoryStream();
        try
        {
            await request.Body.CopyToAsync(buffer, cancel);
        }
        catch (BadHttpRequestException exception)
        {
            return Problems.Of(exception.StatusCode, exception.Message);
        }

        return Parse(buffer.GetBuffer().AsMemory(0, (int)buffer.Length));
    }

    private static Outcome<ChatKitRequest> Parse(ReadOnlyMemory<byte> body)
    {
        try
        {
            if (UnusableText(body.Span) is { } reason)
                return Problems.BadRequest(reason);
            using var document = JsonDocument.Parse(body);
            return Open(document.RootElement);
        }
        catch (JsonException)
        {
            return Problems.BadRequest("The body is not valid JSON, or is nested too deeply.");
        }
    }

    private static Outcome<ChatKitRequest> Open(JsonElement root)
    {
        if (root.ValueKind is not JsonValueKind.Object || !root.TryGetProperty("type", out var type) || type.ValueKind is not JsonValueKind.String)
            return Problems.BadRequest("The body must be an object with a `type`.");
        if (root.TryGetProperty("metadata", out var metadata) && metadata.ValueKind is not JsonValueKind.Object)
            return Problems.Unprocessable("`metadata` must be an object where it is given.");
        if (!root.TryGetProperty("params", out var parameters) || parameters.ValueKind is not JsonValueKind.Object)
            return Problems.Unprocessable("`params` must be an object, even an empty one.");
        return new ChatKitRequest(type.GetString()!, parameters.Clone());
    }

    /// <summary>
    /// Text that a later stage could not carry is refused at the door: bytes that are no UTF-8, escapes of half a surrogate pair, and U+0000, which
    /// PostgreSQL does not store.
    /// </summary>
    private static string? UnusableText(ReadOnlySpan<byte> body)
    {
        if (!Utf8.IsValid(body))
            return "The body is not valid UTF-8.";
        var reader = new Utf8JsonReader(body);
        while (reader.Read())
        {
            if (!reader.ValueIsEscaped)
                continue;
            try
            {
                if (reader.GetString()!.Contains('\0', StringComparison.Ordinal))
                    return "The body holds the character U+0000.";
            }
            catch (InvalidOperationException)
            {
                return "The body escapes half a surrogate pair.";
            }
        }

        return null;
    }
}
