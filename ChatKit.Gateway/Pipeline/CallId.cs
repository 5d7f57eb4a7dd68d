namespace ChatKit.Gateway.Pipeline;

/// <summary>The id of a call: the client's <c>x-litellm-call-id</c> where it is a harmless token, else a new one.</summary>
internal static class CallId
{
    public const string Header = "x-litellm-call-id";

    private const int Longest = 128;

    public static string Of(HttpRequest request)
    {
        var given = request.Headers[Header];
        return given.Count == 1 && given[0] is { Length: > 0 and <= Longest } id && id.All(static c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or ':')
            ? id
            : New();
    }

    /// <summary>A name, not a secret: the system's source of randomness, which is a call into the kernel, is not needed for it.</summary>
    private static string New()
    {
        Span<byte> bytes = stackalloc byte[16];
        Random.Shared.NextBytes(bytes);
        return new Guid(bytes).ToString();
    }
}
