namespace ChatKit.Gateway.Model;

/// <summary>A rest that a failing deployment is given: no call goes to it until then.</summary>
/// <param name="Until">When it may be called again.</param>
/// <param name="Status">The status of the failure that brought it.</param>
/// <param name="Reason">For logs, explanations and the health page.</param>
internal sealed record Cooldown(DateTimeOffset Until, int Status, string Reason);
