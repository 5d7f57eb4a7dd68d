using ChatKit.Gateway.Errors;
using ChatKit.Gateway.Providers.Translation;
using ChatKit.Gateway.Wire.Gemini;
using ChatKit.Gateway.Wire.OpenAi;

namespace ChatKit.Gateway.Providers.Gemini;

/// <summary>
/// Images, sound, video and documents of a message: inside the request as bytes, or as a reference to Google's Files API, to Cloud Storage or to the web
/// (https://ai.google.dev/gemini-api/docs/file-input-methods). Nothing is fetched here: what Google cannot reach, it says itself.
/// </summary>
internal sealed class GeminiMedia(GeminiModel model, GeminiHost host, ICollection<string> losses)
{
    private const string Files = "https://generativelanguage.googleapis.com/v1beta/";

    public GatewayError? Translate(Said said, out GeminiPart? part)
    {
        part = null;
        var content = said.Part;
        switch (content.Type)
        {
            case "image_url":
                return Reference(content.ImageUrl?.Url, content.ImageUrl?.Format, $"{said.Path}.image_url.url", out part) ?? Closeness(content.ImageUrl?.Detail, said.Path, ref part);
            case "video_url":
                return Reference(content.VideoUrl?.Url, content.VideoUrl?.Format, $"{said.Path}.video_url.url", out part);
            case "input_audio" when content.InputAudio is { Data: { Length: > 0 } data } audio:
                if (DataUrl.TryParse(data, out _)) return Reference(data, null, $"{said.Path}.input_audio.data", out part);
                part = Inline(audio.Format is { } format ? $"audio/{format.ToLowerInvariant()}" : "audio/wav", data);
                return null;
            case "file":
                return File(content.File, said.Path, out part);
            default:
                return ChatRefusals.UnsupportedValue(said.Path, $"Content of type '{content.Type}' cannot be carried to {GeminiRequestTranslator.Name}.");
        }
    }

    /// <summary>A stored file by its address (<c>https://…</c>, <c>gs://…</c>) or by its name at Google (<c>files/abc</c>).</summary>
    private GatewayError? File(ChatFile? file, string path, out GeminiPart? part)
    {
        if (file?.FileData is { } data) return Reference(data, file.Format, $"{path}.file.file_data", out part);
        var id = file?.FileId;
        return Reference(id?.StartsWith("files/", StringComparison.Ordinal) is true ? Files + id : id, file?.Format, $"{path}.file.file_id", out part);
    }

    private GatewayError? Reference(string? url, string? format, string path, out GeminiPart? part)
    {
        part = null;
        if (DataUrl.TryParse(url, out var data))
        {
            part = Inline(format ?? data.MediaType, data.Base64);
            return null;
        }

        if (!Uri.TryCreate(url, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https" or "gs"))
            return ChatRefusals.Invalid(path, "A file is a web address, a gs:// address or a base64 data URL.");
        var type = format ?? MediaTypes.Of(address.AbsolutePath);
        if (type is null && host is GeminiHost.Vertex)
            return ChatRefusals.Invalid(path, "Vertex AI needs to know what a file is, and this address does not tell: say it in 'format', e.g. \"format\": \"image/png\".");
        part = new GeminiPart { FileData = new GeminiFileData(url) { MimeType = type } };
        return null;
    }

    private static GeminiPart Inline(string type, string base64) => new() { InlineData = new GeminiBlob(type, base64) };

    /// <summary>OpenAI's <c>detail</c>: https://ai.google.dev/gemini-api/docs/media-resolution</summary>
    private GatewayError? Closeness(string? detail, string path, ref GeminiPart? part)
    {
        if (detail is null or "auto") return null;
        if (model.HasRichParts && detail is "low" or "medium" or "high") part = part! with { MediaResolution = new GeminiMediaResolution($"MEDIA_RESOLUTION_{detail.ToUpperInvariant()}") };
        else losses.Add($"{path}.image_url.detail");
        return null;
    }
}
