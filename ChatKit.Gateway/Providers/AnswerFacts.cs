using ChatKit.Gateway.Model;

namespace ChatKit.Gateway.Providers;

/// <summary>What an answer says about itself, read while it passes.</summary>
internal readonly record struct AnswerFacts(TokenUsage? Usage, string? ResponseId, string? ResponseModel, string? FinishReason)
{
    /// <summary>Pictures in an answer that is made of them.</summary>
    public int Items { get; init; }

    /// <summary>Seconds of sound, where the answer says them outside of its usage.</summary>
    public decimal Seconds { get; init; }
}
