namespace ChatKit.Gateway.Model;

/// <summary>What a Responses call has of earlier ones, and whether later ones may go on from it.</summary>
/// <param name="IsStored">Its answer is kept; without a database none is.</param>
/// <param name="PreviousId">The answer that it goes on from, whose items are already part of the input or known to the provider.</param>
internal sealed record ResponseState(bool IsStored, string? PreviousId);
