using System.Text;
using ChatKit.Gateway.Errors;
using ChatKit.Gateway.Wire.Gemini;
using ChatKit.Gateway.Wire.OpenAi;

namespace ChatKit.Gateway.Providers.OverChat.GenerateContent;

/// <summary>Files of a turn → parts of a message: pictures, sound, documents (https://platform.openai.com/docs/guides/images-vision, …/pdf-files, …/audio).</summary>
internal sealed class ContentMedia(Uncarried uncarried)
{
    /// <summary>The part; none where it was refused or is lost.</summary>
    public GatewayError? Translate(GeminiPart part, string path, out ChatPart? given)
    {
        given = part switch
        {
            { InlineData: { MimeType: { } type, Data: { } data } } => Inline(type.Split(';')[0].Trim().ToLowerInvariant(), data),
            { FileData: { FileUri: { } uri } file } when IsPicture(file) && uri.StartsWith("http", StringComparison.Ordinal) => Picture(uri),
            _ => null,
        };
        return given is null ? uncarried.Refuse($"{path}.{(part.InlineData is not null ? "inlineData" : part.FileData is not null ? "fileData" : "data")}") : null;
    }

    private static ChatPart? Inline(string type, string base64) => type switch
    {
        ['i', 'm', 'a', 'g', 'e', '/', ..] => Picture($"data:{type};base64,{base64}"),
        "audio/wav" or "audio/x-wav" => Sound(base64, "wav"),
        "audio/mp3" or "audio/mpeg" => Sound(base64, "mp3"),
        ['t', 'e', 'x', 't', '/', ..] when Text(base64) is { } text => new ChatPart { Type = "text", Text = text },
        "application/pdf" => new ChatPart { Type = "file", File = new ChatFile($"data:{type};base64,{base64}", "document.pdf", null) },
        _ => null,
    };

    private static bool IsPicture(GeminiFileData file) => file.MimeType is null || file.MimeType.StartsWith("image/", StringComparison.Ordinal);

    private static ChatPart Picture(string url) => new() { Type = "image_url", ImageUrl = new ChatImage(url, null) };

    private static ChatPart Sound(string base64, string format) => new() { Type = "input_audio", InputAudio = new ChatAudio(base64, format) };

    private static string? Text(string base64)
    {
        var bytes = new byte[base64.Length];
        return Convert.TryFromBase64String(base64, bytes, out var count) ? Encoding.UTF8.GetString(bytes, 0, count) : null;
    }
}
