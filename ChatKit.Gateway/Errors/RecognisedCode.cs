namespace ChatKit.Gateway.Errors;

/// <summary>Gives the failures that routing and clients look for a code, whichever provider failed and however it said so.</summary>
internal static class RecognisedCode
{
    /// <summary>The provider's own code, where it is no such failure or says it already.</summary>
    public static string? Of(string? code, string? type, string? message) =>
        ContextWindow.IsExceeded(message) ? ContextWindow.Code
        : ContentPolicy.IsCode(code) ? code
        : ContentPolicy.IsCode(type) || ContentPolicy.IsViolated(message) ? ContentPolicy.Code
        : code;
}
