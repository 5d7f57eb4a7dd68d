using ChatKit.Gateway.Errors;
using ChatKit.Gateway.Model;
using ChatKit.Gateway.Providers.Uploads;
using ChatKit.Gateway.Wire.Forms;
using Microsoft.Net.Http.Headers;

namespace ChatKit.Gateway.Pipeline;

/// <summary>
/// Stage 2 for requests with files in them: reads the form up to where the model is known, and leaves the rest to be streamed. A file that comes before its model
/// is held, within the limit of requests; a small form is held whole, so that it can be sent again.
/// </summary>
internal static class FormRequestReader
{
    /// <summary>Up to this declared length a form is held whole: most recordings of a sentence are smaller.</summary>
    private const long SmallForm = 1024 * 1024;

    /// <summary>https://www.rfc-editor.org/rfc/rfc2046#section-5.1.1</summary>
    private const int LongestBoundary = 70;

    /// <summary>True for a request that is a form, or would have to be one.</summary>
    public static bool Reads(GatewayCall call) => call.Operation.Body switch
    {
        RequestBody.Form => true,
        RequestBody.FormOrJson => call.Http.Request.ContentType?.StartsWith("multipart/", StringComparison.OrdinalIgnoreCase) is true,
        _ => false,
    };

    /// <param name="call">The call, whose body was not touched yet.</param>
    /// <param name="modelIsKnown">True where the path names the model.</param>
    public static async ValueTask<GatewayError?> ReadAsync(GatewayCall call, bool modelIsKnown)
    {
        var (request, limit) = (call.Http.Request, call.Snapshot.Settings.MaxRequestBytes);
        if (BoundaryOf(request) is not { } boundary) return Invalid("The request has to be multipart/form-data with a boundary.");
        var upload = new FormUpload(boundary, new FormReader(request.BodyReader, boundary, limit));
        var isSmall = request.ContentLength is { } length && length <= SmallForm;
        try
        {
            while ((isSmall || !(modelIsKnown || upload.ModelName is not null)) && await upload.HoldAsync(call.ClientLeft))
            {
            }

            call.Keep(upload);
            return null;
        }
        catch (FormException problem)
        {
            upload.Dispose();
            return Of(problem);
        }
        catch (OperationCanceledException)
        {
            upload.Dispose();
            return GatewayError.ClientLeft;
        }
    }

    /// <summary>A problem of the form's as the client's error.</summary>
    public static GatewayError Of(FormException problem) => problem.IsTooLarge
        ? new GatewayError(StatusCodes.Status413PayloadTooLarge, "invalid_request_error", $"The form {problem.Message}.", "request_body")
        : Invalid($"The form {problem.Message}.", problem.Param);

    private static string? BoundaryOf(HttpRequest request) =>
        MediaTypeHeaderValue.TryParse(request.ContentType, out var type) && type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase)
            && HeaderUtilities.RemoveQuotes(type.Boundary).Value is { Length: > 0 and <= LongestBoundary } boundary && !boundary.Any(static c => c is < ' ' or > '~' or '"')
            ? boundary
            : null;

    private static GatewayError Invalid(string message, string? param = null) => new(400, "invalid_request_error", message, param ?? "request_body");
}
