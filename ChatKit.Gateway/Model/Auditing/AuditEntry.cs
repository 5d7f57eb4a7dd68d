namespace ChatKit.Gateway.Model.Auditing;

/// <summary>One change by somebody who had the right to make it.</summary>
/// <param name="By">Who.</param>
/// <param name="Action"><c>created</c>, <c>updated</c>, <c>deleted</c>, <c>blocked</c>, <c>unblocked</c> or <c>rotated</c>.</param>
/// <param name="Subject">What kind of thing: <c>key</c>, <c>team</c>, <c>user</c>, <c>model</c> …</param>
/// <param name="SubjectId">Which one; of a key its hash.</param>
/// <param name="Before">A JSON object without secrets; null for what did not exist.</param>
/// <param name="After">A JSON object without secrets; null for what no longer exists.</param>
internal sealed record AuditEntry(Caller By, string Action, string Subject, string SubjectId, string? Before, string? After);
