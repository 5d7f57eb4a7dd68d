namespace ChatKit.Backend.Attachments;

/// <summary>How much a user may attach.</summary>
internal static class AttachmentLimits
{
    /// <summary>Of one file; providers refuse larger ones.</summary>
    public const int MaxBytes = 20 * 1024 * 1024;

    public const int MaxPerMessage = 20;

    public const int MaxNameLength = 255;

    public static string TooLarge => $"A file may have {MaxBytes / (1024 * 1024)} MB.";
}
