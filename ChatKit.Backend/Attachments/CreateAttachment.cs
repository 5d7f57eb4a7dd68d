using ChatKit.Backend.Protocol;

namespace ChatKit.Backend.Attachments;

/// <summary><c>attachments.create</c>: announces a file. Where its bytes go is in the answer.</summary>
internal sealed class CreateAttachment(AttachmentStore attachments) : IVerb<CreateAttachmentParams>
{
    public async Task<IResult> HandleAsync(CreateAttachmentParams parameters, CancellationToken cancel) =>
        (await attachments.AnnounceAsync(parameters.Name, parameters.MimeType, parameters.Size, cancel)).IsProblem(out var problem, out var row)
            ? problem
            : TypedResults.Json(attachments.ToWire(row), Wire.Json.Attachment);
}
