using System.Text.Json;

namespace ChatKit.Gateway.Wire.Anthropic;

/// <summary>
/// A block of content in either direction, told apart by <see cref="Type"/>; the members of one type only are set. One flat record rather than a class
/// per type, because an unknown type must be readable.
/// </summary>
internal sealed record ContentBlock
{
    /// <summary><c>text</c>, <c>thinking</c>, <c>redacted_thinking</c> …</summary>
    public string? Type { get; init; }

    public string? Text { get; init; }

    public string? Thinking { get; init; }

    /// <summary>Proves to the provider that <see cref="Thinking"/> is its own when it comes back.</summary>
    public string? Signature { get; init; }

    /// <summary>The opaque content of <c>redacted_thinking</c>.</summary>
    public string? Data { get; init; }

    public JsonElement? CacheControl { get; init; }
}
