using System.Text.Json;

namespace ChatKit.Gateway.Providers.Bedrock;

/// <summary>Anthropic's <c>cache_control</c> on a part or a tool → a cache point behind it.</summary>
internal static class CachePoints
{
    public static CachePoint? Of(JsonElement? cacheControl) => cacheControl switch
    {
        { ValueKind: JsonValueKind.Object } control when control.TryGetProperty("ttl", out var ttl) && ttl.ValueKind is JsonValueKind.String => new CachePoint { Ttl = ttl.GetString() },
        { ValueKind: JsonValueKind.Object } => new CachePoint(),
        _ => null,
    };
}
