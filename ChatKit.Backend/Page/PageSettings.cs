using ChatKit.Backend.Attachments;
using ChatKit.Backend.Protocol;

namespace ChatKit.Backend.Page;

/// <summary>What the page cannot know by itself: how files are sent here, and which are taken.</summary>
internal static class PageSettings
{
    private static readonly PageFacts Facts = new(new UploadFacts("two_phase", AttachmentLimits.MaxBytes, AttachmentLimits.MaxPerMessage, AttachmentTypes.Accepted));

    public static void MapPageSettings(this IEndpointRouteBuilder routes) => routes.MapGet("/api/page", static () => TypedResults.Json(Facts, Wire.Json.PageFacts));
}

internal sealed record PageFacts(UploadFacts Uploads);

/// <summary><see cref="Accept"/> is for the browser's choice of files: types, and endings for those that browsers have no type for.</summary>
internal sealed record UploadFacts(string Strategy, int MaxBytes, int MaxCount, IReadOnlyList<string> Accept);
