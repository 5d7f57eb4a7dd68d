namespace ChatKit.Gateway.Guardrails.Judges;

/// <summary>Somebody who is asked what they think of texts.</summary>
internal interface IJudge
{
    /// <summary>Never fails: that nobody answered is a verdict too.</summary>
    ValueTask<Verdict> JudgeAsync(JudgedTexts texts, CancellationToken cancellationToken);
}

/// <summary>What is judged, and of whose call.</summary>
/// <param name="Texts">The texts, in their order.</param>
/// <param name="IsRequest">True for what a client sent, false for what a model answered.</param>
/// <param name="CallId">The call's.</param>
/// <param name="Caller">Who calls, by LiteLLM's names; nobody's key.</param>
internal sealed record JudgedTexts(IReadOnlyList<string> Texts, bool IsRequest, string CallId, IReadOnlyList<KeyValuePair<string, string>> Caller);

/// <summary>What a judge says.</summary>
/// <param name="Reason">Why the call is blocked; null where it is not.</param>
/// <param name="Replaced">The texts as they shall be; null where they stay.</param>
/// <param name="Failure">Why there is no verdict; null where there is one.</param>
internal sealed record Verdict(string? Reason, IReadOnlyList<string>? Replaced, string? Failure)
{
    public static Verdict Passed { get; } = new(null, null, null);

    public static Verdict Blocked(string reason) => new(reason, null, null);

    public static Verdict Failed(string why) => new(null, null, why);
}
