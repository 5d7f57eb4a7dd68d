using ChatKit.Gateway.Model;
using ChatKit.Gateway.Wire.Json;

namespace ChatKit.Gateway.Administration.Keys;

/// <summary>The text of a key in a request: one that somebody chooses, or that they name.</summary>
internal static class KeyText
{
    /// <summary>Null where nobody chose one, or one that cannot be, which is told.</summary>
    public static string? Read(RequestFields body, string name, GatewaySettings settings)
    {
        if (body.Text(name) is not { } key) return null;
        if (!NewKey.IsValid(key)) return body.Wrong<string>(name, $"must start with 'sk-' and be {NewKey.Shortest} to {KeyHash.LongestKey} printable characters without spaces");
        return key == settings.MasterKey?.Reveal() ? body.Wrong<string>(name, "must not be the master key") : key;
    }

    /// <summary>A key by what of it may be shown; what is a hash as it is.</summary>
    public static string Show(string keyOrHash) => keyOrHash.StartsWith(NewKey.Prefix, StringComparison.Ordinal) && keyOrHash.Length > 12 ? NewKey.NameOf(keyOrHash) : keyOrHash;
}
