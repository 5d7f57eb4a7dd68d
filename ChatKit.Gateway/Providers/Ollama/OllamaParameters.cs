using System.Collections.Frozen;
using ChatKit.Gateway.Wire.Json;

namespace ChatKit.Gateway.Providers.Ollama;

/// <summary>
/// What only Ollama's own API understands; its OpenAI endpoint drops it in silence (https://docs.ollama.com/api/openai-compatibility, "Setting the context size").
/// A call that asks for any of it, by itself or by its deployment's defaults, goes to <c>/api/chat</c> or <c>/api/embed</c>; all others to the OpenAI endpoint, where bytes survive.
/// </summary>
internal static class OllamaParameters
{
    /// <summary>Members of <c>options</c> (https://docs.ollama.com/modelfile#valid-parameters-and-values), which LiteLLM's users write at the top.</summary>
    private static readonly FrozenSet<string> Options = FrozenSet.Create(
        StringComparer.Ordinal,
        "num_ctx", "num_keep", "num_predict", "num_batch", "num_gpu", "main_gpu", "num_thread", "use_mmap", "top_k", "min_p", "typical_p", "repeat_last_n", "repeat_penalty",
        "draft_num_predict");

    private static readonly FrozenSet<string> Own = FrozenSet.Create(StringComparer.Ordinal, "options", "keep_alive", "think", "format", "truncate", "shift");

    public static bool IsOption(string name) => Options.Contains(name);

    public static bool NeedsOwnApi(ModelCall call)
    {
        foreach (var (name, _) in call.Deployment.DefaultParameters)
        {
            if (Own.Contains(name) || Options.Contains(name)) return true;
        }

        var source = call.Body.Span;
        Span<char> memory = stackalloc char[JsonMember.LongestName];
        foreach (var member in call.Envelope.Members)
        {
            var name = member.Name(source, memory).ToString();
            if (Own.Contains(name) || Options.Contains(name)) return true;
        }

        return false;
    }
}
