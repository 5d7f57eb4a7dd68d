using System.Text;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace ChatKit.Testing.Upstream;

/// <summary>A part of a form, as ASP.NET Core's own reader understands it.</summary>
public sealed record FormPart(string Name, string? FileName, string? ContentType, byte[] Content)
{
    public string Text => Encoding.UTF8.GetString(Content);

    internal static IReadOnlyList<FormPart> Read(string contentType, byte[] body)
    {
        var boundary = HeaderUtilities.RemoveQuotes(MediaTypeHeaderValue.Parse(contentType).Boundary).Value ?? throw new InvalidDataException("The form has no boundary.");
        var reader = new MultipartReader(boundary, new MemoryStream(body)) { BodyLengthLimit = null };
        var parts = new List<FormPart>();
        while (reader.ReadNextSectionAsync().GetAwaiter().GetResult() is { } section)
        {
            var disposition = ContentDispositionHeaderValue.Parse(section.ContentDisposition!);
            using var content = new MemoryStream();
            section.Body.CopyTo(content);
            var file = HeaderUtilities.RemoveQuotes(disposition.FileName).Value;
            parts.Add(new FormPart(HeaderUtilities.RemoveQuotes(disposition.Name).Value!, file, section.ContentType, content.ToArray()));
        }

        return parts;
    }
}
