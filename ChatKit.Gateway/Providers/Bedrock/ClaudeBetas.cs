using System.Collections.Frozen;
using System.Text;

namespace ChatKit.Gateway.Providers.Bedrock;

/// <summary>
/// The beta features that a client asks for in the header <c>anthropic-beta</c>, as the member <c>anthropic_beta</c>. Bedrock refuses a call over one that it does
/// not have, and clients such as Claude Code send several unasked, so those it does not have are left out.
/// </summary>
internal static class ClaudeBetas
{
    private const string Header = "anthropic-beta";

    /// <summary>https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters-anthropic-claude-messages-request-response.html, 2026-10</summary>
    private static readonly FrozenSet<string> Known = FrozenSet.Create(
        StringComparer.Ordinal,
        "computer-use-2024-10-22", "computer-use-2025-01-24", "computer-use-2025-11-24", "token-efficient-tools-2025-02-19", "interleaved-thinking-2025-05-14",
        "output-128k-2025-02-19", "dev-full-thinking-2025-05-14", "context-1m-2025-08-07", "context-management-2025-06-27", "effort-2025-11-24",
        "tool-search-tool-2025-10-19", "tool-examples-2025-10-29", "fine-grained-tool-streaming-2025-05-14", "compact-2026-01-12");

    /// <summary>The member to add; none where the client asks for nothing, or says it in the body itself.</summary>
    public static IReadOnlyList<(string Name, byte[] Value)> Of(ModelCall call, ICollection<string> losses)
    {
        if (call.Envelope.Members.Any(member => member.Is(call.Body.Span, "anthropic_beta"u8))) return [];
        var asked = call.ClientHeaders.Where(static header => header.Key.Equals(Header, StringComparison.OrdinalIgnoreCase))
            .SelectMany(static header => header.Value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)).Distinct().ToList();
        foreach (var unknown in asked.Where(static beta => !Known.Contains(beta))) losses.Add($"{Header}: {unknown}");
        var known = asked.Where(Known.Contains).ToList();
        return known.Count == 0 ? [] : [("anthropic_beta", Encoding.UTF8.GetBytes($"[{string.Join(',', known.Select(static beta => $"\"{beta}\""))}]"))];
    }
}
