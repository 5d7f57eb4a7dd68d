using ChatKit.Gateway.Model;

namespace ChatKit.Gateway.Providers;

/// <summary>What an answer says about itself, read while it passes.</summary>
internal readonly record struct AnswerFacts(TokenUsage? Usage, string? ResponseId, string? ResponseModel, string? FinishReason);
