using System.Collections.Frozen;
using ChatKit.Gateway.Model;

namespace ChatKit.Gateway.Pipeline;

/// <summary>The operations in the words of LiteLLM's spend log (litellm/types/utils.py, <c>CallTypes</c>).</summary>
internal static class CallTypes
{
    private static readonly FrozenDictionary<string, string> Names = new Dictionary<string, string>
    {
        ["chat"] = "acompletion",
        ["completions"] = "atext_completion",
        ["messages"] = "anthropic_messages",
        ["responses"] = "aresponses",
        ["embeddings"] = "aembedding",
        ["moderations"] = "amoderation",
        ["image_generation"] = "aimage_generation",
        ["image_edit"] = "aimage_edit",
        ["image_variation"] = "aimage_variation",
        ["audio_transcription"] = "atranscription",
        ["audio_translation"] = "atranslation",
        ["audio_speech"] = "aspeech",
        ["rerank"] = "arerank",
        ["generate_content"] = "agenerate_content",
        ["pass_through"] = "pass_through_endpoint",
    }.ToFrozenDictionary();

    public static string Of(Operation operation) => Names.GetValueOrDefault(operation.Name, operation.Name);
}
