namespace ChatKit.Backend.Protocol;

/// <summary>An image that the assistant made; none while it is being made.</summary>
public sealed record GeneratedImageItem : ThreadItem
{
    public GeneratedImage? Image { get; init; }
}

public sealed record GeneratedImage(string Id, string Url);
