using System.Buffers.Text;
using System.Text;
using ChatKit.Gateway.Errors;
using ChatKit.Gateway.Providers.Translation;
using ChatKit.Gateway.Wire.Anthropic;

namespace ChatKit.Gateway.Providers.Anthropic;

/// <summary>Images and documents, inside the request or by their address.</summary>
internal sealed class AnthropicMedia(ICollection<string> losses)
{
    /// <summary>https://platform.claude.com/docs/en/build-with-claude/vision</summary>
    public GatewayError? Image(Said said, out ContentBlock? block)
    {
        block = null;
        var url = said.Part.ImageUrl?.Url;
        if (DataUrl.TryParse(url, out var data))
        {
            if (data.MediaType is "application/pdf") return Document(said, url, out block);
            if (data.MediaType is not ("image/jpeg" or "image/png" or "image/gif" or "image/webp"))
                return ChatRefusals.UnsupportedValue($"{said.Path}.image_url.url", $"{AnthropicRequestTranslator.Name} reads JPEG, PNG, GIF and WebP images, not '{data.MediaType}'.");
        }
        else if (!IsAddress(url))
        {
            return ChatRefusals.Invalid($"{said.Path}.image_url.url", "An image is a web address or a base64 data URL.");
        }

        if (said.Part.ImageUrl!.Detail is not (null or "auto")) losses.Add($"{said.Path}.image_url.detail");
        block = new ContentBlock { Type = "image", Source = data.Base64 is null ? new ContentSource("url") { Url = url } : Inline(data), CacheControl = said.Part.CacheControl };
        return null;
    }

    /// <summary>A PDF or plain text (https://platform.claude.com/docs/en/build-with-claude/pdf-support). LiteLLM's clients give an address as <c>file_id</c>.</summary>
    public static GatewayError? File(Said said, out ContentBlock? block) => Document(said, said.Part.File?.FileData ?? said.Part.File?.FileId, out block);

    private static GatewayError? Document(Said said, string? location, out ContentBlock? block)
    {
        block = null;
        ContentSource? source = null;
        if (DataUrl.TryParse(location, out var data))
        {
            if (data.MediaType is "application/pdf") source = Inline(data);
            else if (data.MediaType is "text/plain" && Text(data.Base64) is { } text) source = new ContentSource("text") { MediaType = "text/plain", Data = text };
        }
        else if (IsAddress(location))
        {
            source = new ContentSource("url") { Url = location };
        }

        if (source is null)
            return ChatRefusals.UnsupportedValue($"{said.Path}.file", $"{AnthropicRequestTranslator.Name} takes a PDF or plain text: in 'file_data' as a base64 data URL, or by its web address.");
        block = new ContentBlock { Type = "document", Source = source, Title = said.Part.File?.Filename, CacheControl = said.Part.CacheControl };
        return null;
    }

    private static ContentSource Inline(in DataUrl data) => new("base64") { MediaType = data.MediaType, Data = data.Base64 };

    private static bool IsAddress(string? url) => Uri.TryCreate(url, UriKind.Absolute, out var address) && address.Scheme is ("http" or "https");

    private static string? Text(string base64)
    {
        var bytes = new byte[Base64.GetMaxDecodedFromUtf8Length(base64.Length)];
        if (!Convert.TryFromBase64String(base64, bytes, out var length)) return null;
        try
        {
            return new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true).GetString(bytes, 0, length);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }
}
