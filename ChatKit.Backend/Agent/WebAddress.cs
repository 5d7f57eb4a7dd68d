namespace ChatKit.Backend.Agent;

/// <summary>Addresses that models and tools give are shown to people as links, and never fetched by us.</summary>
internal static class WebAddress
{
    /// <summary>Whether a click on it can do no more than open a page.</summary>
    public static bool IsSafe(string? address) => Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https";
}
