using ChatKit.Gateway.Errors;
using ChatKit.Gateway.Wire.Json;
using Microsoft.EntityFrameworkCore;

namespace ChatKit.Gateway.Administration.Directory;

/// <summary>A <c>budget_id</c> that a request refers to.</summary>
internal static class NamedBudget
{
    /// <summary>The refusal where it names no budget; null where it does, or names none at all.</summary>
    public static async Task<GatewayError?> CheckAsync(PendingChange change, RequestFields body, CancellationToken cancellationToken) =>
        body.Id("budget_id") is { } id && !await change.Rows.Budgets.AnyAsync(budget => budget.Id == id, cancellationToken) ? RequestErrors.NotFound("budget_id", "Budget", id) : null;
}
