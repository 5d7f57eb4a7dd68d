using System.Collections.Frozen;
using ChatKit.Gateway.Model;

namespace ChatKit.Gateway.Pipeline.Health;

/// <summary>
/// The cheapest real call that shows whether a deployment works, by LiteLLM's <c>mode</c> (https://docs.litellm.ai/docs/proxy/health). Where it would cost more
/// than some thousandths of a cent, or takes a file to send (pictures, speech, video), there is none, and <c>/health</c> says so instead of spending money on it.
/// </summary>
internal sealed record ProbeCall(Operation Operation, ReadOnlyMemory<byte> Body)
{
    private static readonly ProbeCall Chat = new(Operation.Chat, """{"messages":[{"role":"user","content":"Hi"}],"max_completion_tokens":16}"""u8.ToArray());

    private static readonly FrozenDictionary<string, ProbeCall> ByMode = new Dictionary<string, ProbeCall>
    {
        ["chat"] = Chat,
        // Whoever answers these answers a chat as well: the gateway translates one into the other.
        ["responses"] = Chat,
        ["completion"] = new(Operation.Completions, """{"prompt":"Hi","max_tokens":16}"""u8.ToArray()),
        ["embedding"] = new(Operation.Embeddings, """{"input":"Hi"}"""u8.ToArray()),
        ["moderation"] = new(Operation.Moderations, """{"input":"Hi"}"""u8.ToArray()),
        ["rerank"] = new(Operation.Rerank, """{"query":"Hi","documents":["Hello"]}"""u8.ToArray()),
    }.ToFrozenDictionary();

    /// <summary>Null where the kind of model has no cheap call.</summary>
    public static ProbeCall? Of(string mode) => ByMode.GetValueOrDefault(mode);
}
