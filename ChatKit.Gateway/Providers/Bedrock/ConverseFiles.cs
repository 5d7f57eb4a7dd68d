using System.Text.RegularExpressions;
using ChatKit.Gateway.Errors;
using ChatKit.Gateway.Providers.Translation;

namespace ChatKit.Gateway.Providers.Bedrock;

/// <summary>
/// Images, documents and sound: inside the request as data URLs, or in S3 (<c>s3://…</c>). Bedrock fetches from nowhere else, and neither does the gateway for it.
/// </summary>
internal sealed partial class ConverseFiles(ICollection<string> losses)
{
    private const int LongestName = 200;

    private readonly HashSet<string> _names = new(StringComparer.Ordinal);

    public GatewayError? Translate(Said said, out ConverseBlock? block)
    {
        block = null;
        return said.Part.Type switch
        {
            "image_url" => Image(said, out block),
            "file" => Document(said, out block),
            "input_audio" => Audio(said, out block),
            _ => ChatRefusals.UnsupportedValue(said.Path, $"Content of type '{said.Part.Type}' cannot be carried to {ConverseTranslator.Name}."),
        };
    }

    /// <summary>https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_ImageBlock.html</summary>
    private GatewayError? Image(Said said, out ConverseBlock? block)
    {
        block = null;
        var (url, path) = (said.Part.ImageUrl?.Url, $"{said.Path}.image_url.url");
        if (!TryRead(url, out var given)) return ChatRefusals.UnsupportedValue(path, $"{ConverseTranslator.Name} takes an image as a base64 data URL or an s3:// address, and fetches none from the web.");
        if (given.Format is not ("png" or "jpeg" or "gif" or "webp")) return ChatRefusals.UnsupportedValue(path, $"{ConverseTranslator.Name} reads PNG, JPEG, GIF and WebP images, not '{given.Format}'.");
        if (said.Part.ImageUrl!.Detail is not (null or "auto")) losses.Add($"{said.Path}.image_url.detail");
        block = new ConverseBlock { Image = new ConverseFile(given.Format, given.Source) };
        return null;
    }

    /// <summary>https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_DocumentBlock.html</summary>
    private GatewayError? Document(Said said, out ConverseBlock? block)
    {
        block = null;
        var (data, path) = (said.Part.File?.FileData ?? said.Part.File?.FileId, $"{said.Path}.file");
        if (!TryRead(data, out var given)) return ChatRefusals.UnsupportedValue(path, $"{ConverseTranslator.Name} takes a file as 'file_data': a base64 data URL, or an s3:// address.");
        if (given.Format is not ("pdf" or "csv" or "doc" or "docx" or "xls" or "xlsx" or "html" or "txt" or "md"))
            return ChatRefusals.UnsupportedValue(path, $"{ConverseTranslator.Name} reads PDF, CSV, Word, Excel, HTML, text and Markdown files, not '{given.Format}'.");
        block = new ConverseBlock { Document = new ConverseFile(given.Format, given.Source) { Name = NameOf(said.Part.File!.Filename) } };
        return null;
    }

    /// <summary>https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_AudioBlock.html</summary>
    private static GatewayError? Audio(Said said, out ConverseBlock? block)
    {
        block = null;
        if (said.Part.InputAudio is not { Data: { Length: > 0 } data, Format: { Length: > 0 } format })
            return ChatRefusals.Invalid($"{said.Path}.input_audio", "Audio needs its 'data' in base64 and its 'format'.");
        block = new ConverseBlock { Audio = new ConverseFile(format, new ConverseSource { Bytes = data }) };
        return null;
    }

    private static bool TryRead(string? address, out (string Format, ConverseSource Source) file)
    {
        file = default;
        if (DataUrl.TryParse(address, out var data)) file = (FormatOf(data.MediaType), new ConverseSource { Bytes = data.Base64 });
        else if (address?.StartsWith("s3://", StringComparison.Ordinal) is true)
            file = (Path.GetExtension(address).TrimStart('.').ToLowerInvariant() switch { "jpg" => "jpeg", var extension => extension }, new ConverseSource { S3Location = new S3Location(address) });
        return file.Source is not null;
    }

    private static string FormatOf(string mediaType) => mediaType switch
    {
        "text/plain" => "txt",
        "text/markdown" => "md",
        "application/msword" => "doc",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document" => "docx",
        "application/vnd.ms-excel" => "xls",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" => "xlsx",
        _ => mediaType[(mediaType.IndexOf('/', StringComparison.Ordinal) + 1)..],
    };

    /// <summary>The file's name in the characters that Bedrock allows, and never twice, which it refuses.</summary>
    private string NameOf(string? filename)
    {
        var clean = Spaces().Replace(Foreign().Replace(Path.GetFileNameWithoutExtension(filename ?? ""), " "), " ").Trim();
        var name = clean.Length is > 0 and <= LongestName - 4 ? clean : "document";
        for (var number = 2; !_names.Add(name); number++) name = $"{(clean.Length is > 0 and <= LongestName - 4 ? clean : "document")}-{number}";
        return name;
    }

    [GeneratedRegex(@"[^a-zA-Z0-9\s\-()\[\]]")]
    private static partial Regex Foreign();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
