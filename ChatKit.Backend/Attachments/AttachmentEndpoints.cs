using ChatKit.Backend.Access;
using ChatKit.Backend.Access.Limits;
using ChatKit.Backend.Protocol;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Net.Http.Headers;

namespace ChatKit.Backend.Attachments;

/// <summary>
/// The bytes of attachments: put by the address that <c>attachments.create</c> gave, or sent at once with everything else in a form; got by their owner. Both the
/// raw body and a form's <c>file</c> are understood.
/// </summary>
internal static class AttachmentEndpoints
{
    private const string Item = AttachmentAddresses.Path + "/{id}";

    /// <summary>Room for the form around a file.</summary>
    private static readonly RequestSizeLimitAttribute Limit = new(AttachmentLimits.MaxBytes + (64 * 1024));

    public static void MapAttachments(this IEndpointRouteBuilder routes)
    {
        routes.MapPost(AttachmentAddresses.Path, SendAsync).RequireRateLimiting(RateLimits.Uploads).WithMetadata(Limit).DisableAntiforgery();
        routes.MapMethods(Item, [HttpMethods.Put, HttpMethods.Post], FillAsync).RequireRateLimiting(RateLimits.Uploads).WithMetadata(Limit).DisableAntiforgery();
        routes.MapGet(Item, GetAsync).DisableRateLimiting(); // A thread full of pictures is one look at it.
    }

    /// <summary>The protocol's direct upload.</summary>
    private static async Task<IResult> SendAsync(HttpRequest request, AttachmentStore attachments, CancellationToken cancel)
    {
        if ((await UploadedFile.ReadAsync(request, cancel)).IsProblem(out var problem, out var file))
            return problem;
        if (file.Name is null)
            return Problems.Unprocessable("Send a form with a `file`.");
        if (file.Type is null || AttachmentTypes.Find(file.Type) is not { } type || !AttachmentTypes.Fits(type, file.Content))
            return Problems.UnsupportedMediaType($"Files of this type are not taken; {AttachmentTypes.Offered} are.");
        if ((await attachments.AnnounceAsync(file.Name, type, file.Content.Length, cancel)).IsProblem(out problem, out var row))
            return problem;
        if (await attachments.FillAsync(row, file.Content, cancel) is { } refused)
        {
            await attachments.DeleteAsync(row.Id, CancellationToken.None);
            return refused;
        }

        return TypedResults.Json(attachments.ToWire(row), Wire.Json.Attachment);
    }

    private static async Task<IResult> FillAsync(string id, HttpRequest request, AttachmentStore attachments, CancellationToken cancel)
    {
        if (await attachments.FindAsync(id, cancel) is not { } row)
            return Problems.NotFound("attachment");
        if ((await UploadedFile.ReadAsync(request, cancel)).IsProblem(out var problem, out var file))
            return problem;
        return await attachments.FillAsync(row, file.Content, cancel) is { } refused ? refused : TypedResults.NoContent();
    }

    private static async Task<IResult> GetAsync(string id, HttpResponse response, AttachmentStore attachments, CancellationToken cancel)
    {
        if (await attachments.FindAsync(id, cancel) is not { } row || await attachments.ContentAsync(id, cancel) is not { } content)
            return Problems.NotFound("attachment");

        // What a user sent is never run, whatever a browser makes of it.
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
        response.Headers.CacheControl = "private, max-age=3600, immutable";
        var disposition = new ContentDispositionHeaderValue(AttachmentTypes.IsImage(row.MimeType) ? "inline" : "attachment");
        disposition.SetHttpFileName(row.Name);
        response.Headers.ContentDisposition = disposition.ToString();
        return TypedResults.Bytes(content, row.MimeType);
    }
}
