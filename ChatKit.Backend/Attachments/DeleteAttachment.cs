using ChatKit.Backend.Protocol;

namespace ChatKit.Backend.Attachments;

/// <summary><c>attachments.delete</c>: the file and its record. A message that held it keeps its name.</summary>
internal sealed class DeleteAttachment(AttachmentStore attachments) : IVerb<AttachmentIdParams>
{
    public async Task<IResult> HandleAsync(AttachmentIdParams parameters, CancellationToken cancel)
    {
        await attachments.DeleteAsync(parameters.AttachmentId, cancel);
        return TypedResults.Json(EmptyObject.Instance, Wire.Json.EmptyObject);
    }
}
