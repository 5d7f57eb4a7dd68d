namespace ChatKit.Backend.FileSearch;

/// <summary>A passage that was found, and how well it fits.</summary>
internal sealed record Found(string AttachmentId, int Ordinal, string Text, double Score);
