namespace ChatKit.Gateway.Responses;

/// <summary>An answer that is kept, and the input that it answers.</summary>
/// <param name="Id">As the client knows it.</param>
/// <param name="Owner">Whose key made it.</param>
/// <param name="PreviousId">The answer that it goes on from; null for the first of a conversation.</param>
/// <param name="RootId">The first of the conversation.</param>
/// <param name="DeploymentId">Who answered.</param>
/// <param name="CreatedAt">UTC.</param>
/// <param name="Input">The input items of this call alone: a JSON array.</param>
/// <param name="Body">The answer as the client got it: a JSON object.</param>
internal sealed record KeptResponse(string Id, string Owner, string? PreviousId, string RootId, string? DeploymentId, DateTime CreatedAt, string Input, string Body);
