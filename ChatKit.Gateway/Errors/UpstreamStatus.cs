namespace ChatKit.Gateway.Errors;

/// <summary>A provider's error status as every client understands it.</summary>
internal static class UpstreamStatus
{
    /// <summary>A redirect is a wrong address; 529 is Anthropic's own word for overloaded; the 52x of content networks mean that nobody answered.</summary>
    public static int Standard(int status) => status switch
    {
        < 400 => 502,
        529 => 503,
        > 511 => 502,
        _ => status,
    };
}
