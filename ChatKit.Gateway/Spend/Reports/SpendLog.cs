using ChatKit.Gateway.Errors;
using Microsoft.EntityFrameworkCore;

namespace ChatKit.Gateway.Spend.Reports;

/// <summary>Reads settlements: some, a page, or all of them one by one.</summary>
internal sealed class SpendLog(SpendReports reports)
{
    /// <summary>Counting on costs a scan, and nobody turns to the two-hundredth page.</summary>
    public const int MostCounted = 10_000;

    public ValueTask<GatewayError?> ReadAsync(SpendLogFilter filter, int limit, List<SpendLine> rows, CancellationToken cancellationToken) =>
        reports.OpenAsync(async database => rows.AddRange((await filter.Of(database.SpendLogs).Take(limit).ToListAsync(cancellationToken)).Select(static row => new SpendLine(row))));

    public async ValueTask<(int Total, GatewayError? Error)> PageAsync(SpendLogFilter filter, int skip, int take, List<SpendLine> rows, CancellationToken cancellationToken)
    {
        var total = 0;
        var error = await reports.OpenAsync(async database =>
        {
            total = await filter.Of(database.SpendLogs).Take(MostCounted).CountAsync(cancellationToken);
            if (skip < MostCounted) rows.AddRange((await filter.Of(database.SpendLogs).Skip(skip).Take(take).ToListAsync(cancellationToken)).Select(static row => new SpendLine(row)));
        });
        return (total, error);
    }

    public ValueTask<GatewayError?> StreamAsync(SpendLogFilter filter, Func<SpendLine, ValueTask> each, CancellationToken cancellationToken) => reports.OpenAsync(async database =>
    {
        await foreach (var row in filter.Of(database.SpendLogs).AsAsyncEnumerable().WithCancellation(cancellationToken)) await each(new SpendLine(row));
    });
}
