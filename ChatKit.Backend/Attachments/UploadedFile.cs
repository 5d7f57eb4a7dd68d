using ChatKit.Backend.Access;

namespace ChatKit.Backend.Attachments;

/// <summary>A file as it came in: the body itself, or the part <c>file</c> of a form, which has a name and a type too.</summary>
internal sealed record UploadedFile(string? Name, string? Type, byte[] Content)
{
    public static async Task<Outcome<UploadedFile>> ReadAsync(HttpRequest request, CancellationToken cancel)
    {
        try
        {
            if (!request.HasFormContentType)
                return Checked(new UploadedFile(Name: null, request.ContentType, await BytesAsync(request.Body, cancel)));
            var form = await request.ReadFormAsync(cancel);
            if (form.Files["file"] is not { } file)
                return Problems.Unprocessable("The form has no `file`.");
            await using var content = file.OpenReadStream();
            return Checked(new UploadedFile(Path.GetFileName(file.FileName), file.ContentType, await BytesAsync(content, cancel)));
        }
        catch (BadHttpRequestException refused)
        {
            return refused.StatusCode == StatusCodes.Status413PayloadTooLarge ? TooLarge() : Problems.BadRequest("The upload broke off.");
        }
        catch (InvalidDataException)
        {
            return Problems.BadRequest("The body is not the form that it says it is.");
        }
    }

    private static Outcome<UploadedFile> Checked(UploadedFile file) => file.Content.Length > AttachmentLimits.MaxBytes ? TooLarge() : file;

    private static Microsoft.AspNetCore.Http.HttpResults.ProblemHttpResult TooLarge() =>
        Problems.Of(StatusCodes.Status413PayloadTooLarge, AttachmentLimits.TooLarge);

    private static async Task<byte[]> BytesAsync(Stream from, CancellationToken cancel)
    {
        using var buffer = new MemoryStream();
        await from.CopyToAsync(buffer, cancel);
        return buffer.ToArray();
    }
}
