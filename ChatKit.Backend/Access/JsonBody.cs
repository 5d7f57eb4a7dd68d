using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace ChatKit.Backend.Access;

/// <summary>A small JSON body of the accounts' API, or the problem with it.</summary>
internal static class JsonBody
{
    public const int MaxBytes = 16 * 1024;

    public static async Task<Outcome<T>> ReadAsync<T>(HttpRequest request, JsonTypeInfo<T> shape, CancellationToken cancel)
        where T : class
    {
        if (!request.HasJsonContentType())
            return Problems.UnsupportedMediaType("Send the request as application/json.");
        try
        {
            using var body = await JsonDocument.ParseAsync(request.Body, cancellationToken: cancel);
            return Bind(body.RootElement, shape);
        }
        catch (JsonException)
        {
            return Problems.BadRequest("The body is not valid JSON.");
        }
        catch (BadHttpRequestException refused)
        {
            return Problems.Of(refused.StatusCode, refused.Message);
        }
    }

    private static Outcome<T> Bind<T>(JsonElement body, JsonTypeInfo<T> shape)
        where T : class
    {
        try
        {
            return body.ValueKind is JsonValueKind.Object ? body.Deserialize(shape)! : Problems.BadRequest("The body must be an object.");
        }
        catch (JsonException)
        {
            return Problems.Unprocessable("The body is not what this request takes.");
        }
    }
}
