using ChatKit.Data.Gateway.Spend;

namespace ChatKit.Gateway.Spend.Reports;

/// <summary>Which settlements, newest first. Every filter with an index of its own is read along it, from the newest on.</summary>
internal sealed record SpendLogFilter(SpendScope Scope)
{
    public string? RequestId { get; init; }

    public string? EndUser { get; init; }

    public string? Model { get; init; }

    public string? SessionId { get; init; }

    public string? Status { get; init; }

    public DateTime? From { get; init; }

    /// <summary>Not included.</summary>
    public DateTime? Until { get; init; }

    /// <summary>Nano-USD.</summary>
    public long? MinSpend { get; init; }

    /// <summary>Nano-USD.</summary>
    public long? MaxSpend { get; init; }

    /// <summary>The last row that is known already: the next are older.</summary>
    public SpendCursor? After { get; init; }

    public IQueryable<SpendRow> Of(IQueryable<SpendRow> rows)
    {
        if (Scope.UserId is { } user) rows = rows.Where(row => row.UserId == user);
        if (Scope.TeamId is { } team) rows = rows.Where(row => row.TeamId == team);
        if (Scope.KeyHash is { } key) rows = rows.Where(row => row.KeyHash == key);
        if (EndUser is { } customer) rows = rows.Where(row => row.EndUser == customer);
        if (Model is { } model) rows = rows.Where(row => row.Model == model || row.ModelGroup == model);
        if (SessionId is { } session) rows = rows.Where(row => row.SessionId == session);
        if (Status is { } status) rows = rows.Where(row => row.Status == status);
        if (From is { } from) rows = rows.Where(row => row.StartTime >= from);
        if (Until is { } until) rows = rows.Where(row => row.StartTime < until);
        if (MinSpend is { } min) rows = rows.Where(row => row.Spend >= min);
        if (MaxSpend is { } max) rows = rows.Where(row => row.Spend <= max);
        if (RequestId is { } id) rows = OfCall(rows, id);
        if (After is { } after)
            rows = rows.Where(row => row.StartTime <= after.StartTime && (row.StartTime < after.StartTime || string.Compare(row.RequestId, after.RequestId) < 0));
        return rows.OrderByDescending(row => row.StartTime).ThenByDescending(row => row.RequestId);
    }

    /// <summary>All settlements of a call, whose ids begin with the call's: a range of the primary key.</summary>
    private static IQueryable<SpendRow> OfCall(IQueryable<SpendRow> rows, string id)
    {
        var (end, attempt, own) = (id + "\u007f", id + "_", id + "~");
        return rows.Where(row => string.Compare(row.RequestId, id) >= 0 && string.Compare(row.RequestId, end) < 0 && (row.RequestId == id || row.RequestId.StartsWith(attempt) || row.RequestId.StartsWith(own)));
    }
}

/// <summary>A place in the log, as text for a client to come back with.</summary>
internal sealed record SpendCursor(DateTime StartTime, string RequestId)
{
    public override string ToString() => $"{StartTime.Ticks:x}.{RequestId}";

    public static SpendCursor? Parse(string text)
    {
        var dot = text.IndexOf('.', StringComparison.Ordinal);
        return dot > 0 && long.TryParse(text.AsSpan(0, dot), System.Globalization.NumberStyles.AllowHexSpecifier, null, out var ticks) && ticks > 0 && ticks < DateTime.MaxValue.Ticks
            ? new SpendCursor(new DateTime(ticks, DateTimeKind.Utc), text[(dot + 1)..])
            : null;
    }
}
