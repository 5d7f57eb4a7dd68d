using System.Text.Json;

namespace ChatKit.Gateway.Wire.Json;

/// <summary>What JSON from outside may be: strict, and not deeper than any schema that people write.</summary>
internal static class JsonLimits
{
    public const int MaxDepth = 128;

    public static JsonReaderOptions Options { get; } = new() { MaxDepth = MaxDepth };
}
