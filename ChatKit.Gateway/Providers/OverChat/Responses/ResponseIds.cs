namespace ChatKit.Gateway.Providers.OverChat.Responses;

/// <summary>The ids of one response and its items, which say by their prefix what they name.</summary>
internal sealed class ResponseIds(DateTimeOffset now)
{
    private readonly string _stem = $"{Guid.CreateVersion7(now):N}";
    private int _items;

    public string Response => $"resp_{_stem}";

    /// <summary>The id of the next item.</summary>
    public string Next(string prefix) => $"{prefix}_{_stem}{_items++:x2}";
}
