using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ChatKit.Gateway.Cache.Semantic;
using ChatKit.Gateway.Wire;
using ChatKit.Gateway.Wire.Json;

namespace ChatKit.Gateway.Cache;

/// <summary>
/// What makes two calls the same question: the operation, the model, who asks, and every member of the request that bears on the answer. Neither the order of members
/// nor white space counts, nor what only says how the answer comes (<c>stream</c>), who it is for (<c>user</c>, <c>metadata</c>) or which way the call goes (<c>timeout</c>,
/// <c>fallbacks</c>, <c>tags</c>); LiteLLM's key leaves out the same (https://docs.litellm.ai/docs/proxy/caching).
/// </summary>
internal static class QuestionKey
{
    private const string GatewayPrefix = "litellm_";

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Meaningless = FrozenSet.Create(
        StringComparer.Ordinal,
        "model", "stream", "stream_options", "user", "safety_identifier", "prompt_cache_key", "metadata",
        "timeout", "num_retries", "fallbacks", "context_window_fallbacks", "content_policy_fallbacks", "disable_fallbacks", "mock_testing_fallbacks", "retry_policy",
        "tags", "cache", "caching", "ttl", "s-maxage", "no-log", "guardrails").GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>The key of exactly this question.</summary>
    public static string Of(Question question) => Hash(question, null);

    /// <summary>The key of all questions that differ in their last words only.</summary>
    public static string OfScope(Question question, Wording wording) => Hash(question, wording);

    private static string Hash(Question question, Wording? wording)
    {
        using var canonical = new PooledBuffer(question.Body.Length + 256);
        foreach (var part in (ReadOnlySpan<string>)[question.Operation, question.Group, question.Model, question.Owner, .. question.Headers])
            CanonicalJson.WritePiece((byte)'/', Encoding.UTF8.GetBytes(part), canonical);
        CanonicalJson.WritePiece((byte)'/', question.Attachment.Span, canonical);
        var body = question.Body.Span;
        var members = new List<JsonMember>(question.Members.Count);
        Span<char> memory = stackalloc char[JsonMember.LongestName];
        foreach (var member in question.Members)
        {
            var name = member.Name(body, memory);
            if (member.Kind is not JsonTokenType.Null && !Meaningless.Contains(name) && !name.StartsWith(GatewayPrefix, StringComparison.Ordinal) && member != wording?.Member) members.Add(member);
        }

        foreach (var before in wording?.Before ?? []) CanonicalJson.Write(before.Value(body[wording!.Member.ValueStart..]), canonical);

        CanonicalJson.WriteObject(body, members, canonical);
        return Convert.ToHexStringLower(SHA256.HashData(canonical.WrittenSpan));
    }
}

/// <summary>A question as the cache knows it.</summary>
/// <param name="Operation">The name of the operation.</param>
/// <param name="Group">The model group that was asked for.</param>
/// <param name="Model">The name by which the client calls it, which the answer repeats.</param>
/// <param name="Owner">Whose answers these are; empty where they are everybody's.</param>
/// <param name="Headers">Request headers that a provider acts on.</param>
/// <param name="Body">The request.</param>
/// <param name="Members">Its members.</param>
internal sealed record Question(
    string Operation, string Group, string Model, string Owner, IReadOnlyList<string> Headers, ReadOnlyMemory<byte> Body, IReadOnlyList<JsonMember> Members)
{
    /// <summary>The hash of what came beside the body; empty for nothing.</summary>
    public ReadOnlyMemory<byte> Attachment { get; init; }
}
