using System.Text;
using System.Text.Unicode;

namespace ChatKit.Backend.Attachments;

/// <summary>
/// Which files are taken: those that a model can be told about. What a file is, its bytes say; a name that says otherwise is refused, so that nothing is ever served
/// as something else than it was checked as.
/// </summary>
internal static class AttachmentTypes
{
    private const string Docx = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

    private static readonly HashSet<string> Texts = new(StringComparer.OrdinalIgnoreCase)
    {
        "text/plain", "text/markdown", "text/csv", "text/html", "application/json",
    };

    /// <summary>For messages.</summary>
    public const string Offered = "PNG, JPEG, GIF and WebP images, PDF, Word (docx), plain text, Markdown, CSV, HTML and JSON";

    /// <summary>For a browser's choice of files; it knows no type for some endings.</summary>
    public static IReadOnlyList<string> Accepted { get; } =
        ["image/png", "image/jpeg", "image/gif", "image/webp", "application/pdf", Docx, .. Texts.Order(StringComparer.Ordinal), ".md", ".csv", ".json"];

    /// <summary>The type without parameters, in lower case; null where files of it are not taken.</summary>
    public static string? Find(string given)
    {
        var type = given.Split(';', 2)[0].Trim().ToLowerInvariant();
        type = type switch
        {
            "image/jpg" => "image/jpeg",
            "text/x-markdown" => "text/markdown",
            _ => type,
        };
        return IsImage(type) || IsText(type) || type is "application/pdf" or Docx ? type : null;
    }

    public static bool IsImage(string type) => type is "image/png" or "image/jpeg" or "image/gif" or "image/webp";

    public static bool IsText(string type) => Texts.Contains(type);

    public static bool IsDocx(string type) => type is Docx;

    /// <summary>Whether the bytes are of the type: by their signature, or, for text, by being text.</summary>
    public static bool Fits(string type, ReadOnlySpan<byte> content) => type switch
    {
        "image/png" => content.StartsWith((ReadOnlySpan<byte>)[0x89, .. "PNG\r\n"u8, 0x1A, (byte)'\n']),
        "image/jpeg" => content.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]),
        "image/gif" => content.StartsWith("GIF87a"u8) || content.StartsWith("GIF89a"u8),
        "image/webp" => content.StartsWith("RIFF"u8) && content.Length > 12 && content[8..].StartsWith("WEBP"u8),
        "application/pdf" => content[..Math.Min(content.Length, 1024)].IndexOf("%PDF-"u8) >= 0,
        Docx => content.StartsWith("PK\u0003\u0004"u8),
        _ => IsText(type) && Utf8.IsValid(content) && !content.Contains((byte)0),
    };

    /// <summary>The text of a text file, without a byte order mark.</summary>
    public static string Text(ReadOnlySpan<byte> content) => Encoding.UTF8.GetString(content).TrimStart('\uFEFF');
}
