namespace ChatKit.Gateway.Providers.Gemini;

/// <summary>The media types that Gemini reads, by the ending of a name (https://ai.google.dev/gemini-api/docs/file-input-methods#supported-content-types).</summary>
internal static class MediaTypes
{
    /// <summary>Null where the ending tells nothing.</summary>
    public static string? Of(string path) => Path.GetExtension(path).ToLowerInvariant() switch
    {
        ".png" => "image/png",
        ".jpg" or ".jpeg" => "image/jpeg",
        ".webp" => "image/webp",
        ".gif" => "image/gif",
        ".heic" => "image/heic",
        ".heif" => "image/heif",
        ".pdf" => "application/pdf",
        ".txt" => "text/plain",
        ".csv" => "text/csv",
        ".html" => "text/html",
        ".md" => "text/markdown",
        ".json" => "application/json",
        ".wav" => "audio/wav",
        ".mp3" => "audio/mp3",
        ".aac" => "audio/aac",
        ".ogg" => "audio/ogg",
        ".flac" => "audio/flac",
        ".aiff" => "audio/aiff",
        ".mp4" => "video/mp4",
        ".mpeg" or ".mpg" => "video/mpeg",
        ".mov" => "video/mov",
        ".avi" => "video/avi",
        ".flv" => "video/x-flv",
        ".webm" => "video/webm",
        ".wmv" => "video/wmv",
        ".3gp" or ".3gpp" => "video/3gpp",
        _ => null,
    };
}
