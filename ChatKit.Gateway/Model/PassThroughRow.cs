namespace ChatKit.Gateway.Model;

/// <summary>That a provider's own API can be called through the gateway, unread.</summary>
/// <param name="Prefix">The first segment of our paths that lead there.</param>
/// <param name="Format">How its answers say what they used.</param>
/// <param name="Base">Where the API begins, where that is not the provider's usual address.</param>
internal sealed record PassThroughRow(string Prefix, UsageFormat Format, string? Base = null);
