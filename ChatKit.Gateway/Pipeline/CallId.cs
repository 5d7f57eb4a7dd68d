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
            : Guid.NewGuid().ToString();
    }
}
