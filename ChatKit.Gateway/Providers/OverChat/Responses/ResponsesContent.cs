using ChatKit.Gateway.Errors;
using ChatKit.Gateway.Providers.Translation;
using ChatKit.Gateway.Wire.OpenAi;
using ChatKit.Gateway.Wire.OpenAi.Responses;

namespace ChatKit.Gateway.Providers.OverChat.Responses;

/// <summary>Parts of content → parts of chat, which has the same ones under other names (https://platform.openai.com/docs/guides/migrate-to-responses).</summary>
internal sealed class ResponsesContent(Uncarried uncarried)
{
    public GatewayError? Translate(IReadOnlyList<AskedPart>? asked, string path, out List<ChatPart> parts)
    {
        parts = new List<ChatPart>(asked?.Count ?? 0);
        if (asked is null) return ChatRefusals.Invalid(path, $"Missing required parameter: '{path}'.");
        for (var i = 0; i < asked.Count; i++)
            if (Add(asked[i] ?? new AskedPart(), $"{path}[{i}]", parts) is { } wrong)
                return wrong;
        return null;
    }

    private GatewayError? Add(AskedPart part, string path, List<ChatPart> parts)
    {
        switch (part)
        {
            case { Type: "input_text" or "output_text" or "text", Text: { } text }:
                parts.Add(new ChatPart { Type = "text", Text = text });
                return null;
            case { Type: "refusal", Refusal: { } refusal }:
                parts.Add(new ChatPart { Type = "refusal", Refusal = refusal });
                return null;
            case { Type: "input_image", ImageUrl: { Length: > 0 } url }:
                parts.Add(new ChatPart { Type = "image_url", ImageUrl = new ChatImage(url, part.Detail) });
                return null;
            case { Type: "input_file", FileData: { Length: > 0 } data }:
                parts.Add(new ChatPart { Type = "file", File = new ChatFile(data, part.Filename, null) });
                return null;
            case { Type: "input_image" or "input_file" or "input_audio" }:
                // Stored at OpenAI, at an address, or sound: a chat elsewhere cannot fetch it.
                return uncarried.Refuse($"{path}.{(part.FileUrl is not null ? "file_url" : part.FileId is not null ? "file_id" : part.Type)}");
            default:
                return ChatRefusals.Invalid($"{path}.type", $"A part of type '{part.Type}' is not known, or lacks its content.");
        }
    }
}
