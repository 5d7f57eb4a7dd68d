using System.Text.Json;
using ChatKit.Gateway.Wire.Gemini;
using ChatKit.Gateway.Wire.Json;
using ChatKit.Gateway.Wire.OpenAi;

namespace ChatKit.Gateway.Providers.Gemini;

/// <summary>Why an answer ended (https://ai.google.dev/api/generate-content#FinishReason) or never began (…#BlockReason), in OpenAI's words and in its own.</summary>
internal sealed record GeminiFinish(string Reason, ChatNativeFinish? Native)
{
    /// <summary>A reason that is not known ended the answer in order.</summary>
    public static GeminiFinish Of(GeminiCandidate candidate, bool hasCalls) => new(
        candidate.FinishReason switch
        {
            "MAX_TOKENS" => "length",
            "SAFETY" or "RECITATION" or "LANGUAGE" or "OTHER" or "BLOCKLIST" or "PROHIBITED_CONTENT" or "SPII" or "MODEL_ARMOR" or
                "IMAGE_SAFETY" or "IMAGE_PROHIBITED_CONTENT" or "IMAGE_RECITATION" => "content_filter",
            _ => hasCalls ? "tool_calls" : "stop",
        },
        candidate.FinishReason is null or "STOP" or "MAX_TOKENS" ? null : Own(candidate.FinishReason, candidate.FinishMessage, null));

    /// <summary>The prompt was not answered at all.</summary>
    public static GeminiFinish Blocked(GeminiPromptFeedback feedback) => new("content_filter", Own(feedback.BlockReason!, feedback.BlockReasonMessage, feedback.SafetyRatings));

    private static ChatNativeFinish Own(string reason, string? message, JsonElement? ratings) => new(reason)
    {
        StopDetails = ratings ?? (message is null ? null : JsonElement.Parse(JsonText.Quote(message))),
    };
}
