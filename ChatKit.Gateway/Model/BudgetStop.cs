namespace ChatKit.Gateway.Model;

/// <summary>A deployment is not called because its budget, or its provider's, is spent.</summary>
/// <param name="Until">When it is filled again; <see cref="DateTimeOffset.MaxValue"/> for never.</param>
/// <param name="Reason">For people.</param>
internal sealed record BudgetStop(DateTimeOffset Until, string Reason);
