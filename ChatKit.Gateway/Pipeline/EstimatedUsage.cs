using ChatKit.Gateway.Model;

namespace ChatKit.Gateway.Pipeline;

/// <summary>
/// The tokens of an attempt that produced text, where the provider did not count them or was cut before it said. A rule of thumb and marked as such: four bytes a
/// token, and a token for each piece of a stream. Never less than what the provider did say.
/// </summary>
internal static class EstimatedUsage
{
    private const int BytesPerToken = 4;

    /// <summary>True for the operations that turn text into text; the others count seconds, images or nothing.</summary>
    public static bool Applies(Operation operation) =>
        operation == Operation.Chat || operation == Operation.Messages || operation == Operation.Responses || operation == Operation.GenerateContent || operation == Operation.Completions;

    /// <param name="told">What the provider said; null where nothing.</param>
    /// <param name="requestBytes">The client's body.</param>
    /// <param name="answerTokens">What came of the answer, reckoned.</param>
    public static TokenUsage Of(TokenUsage? told, int requestBytes, long answerTokens)
    {
        var usage = told ?? new TokenUsage(Tokens(requestBytes), 0);
        return usage with { Output = Math.Max(usage.Output, answerTokens), IsEstimated = true };
    }

    public static long Tokens(int bytes) => Math.Max(1, bytes / BytesPerToken);
}
