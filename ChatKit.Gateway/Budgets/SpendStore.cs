using System.Data.Common;
using ChatKit.Data.Gateway;
using Microsoft.EntityFrameworkCore;

namespace ChatKit.Gateway.Budgets;

/// <summary>
/// What the database knows of spending. It is behind what this process knows by what the journal still holds, and ahead of it by what other replicas spent: so each
/// answer is a lower bound, and the higher of two lower bounds is nearer to the truth.
/// </summary>
internal sealed partial class SpendStore(TimeProvider time, ILogger<SpendStore> logger, IDbContextFactory<GatewayDbContext>? contexts = null)
{
    /// <summary>How long a call waits to learn what was spent before this process began.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private const int AtOnce = 200;

    private volatile bool _isDown;

    /// <summary>True once it is known what was spent in each of the windows; a call waits for that the first time that it is asked, and never while the database is down.</summary>
    public ValueTask<bool> LoadAsync(IReadOnlyList<BudgetClaim> claims)
    {
        foreach (var claim in claims)
        {
            if (!claim.Window.IsLoaded) return LoadMissingAsync(claims);
        }

        return ValueTask.FromResult(true);
    }

    /// <summary>Asks the database about all of these windows. False where it does not answer.</summary>
    public async Task<bool> ReadAsync(IReadOnlyList<SpendWindow> windows)
    {
        if (contexts is null)
        {
            foreach (var window in windows) window.Loaded();
            return true;
        }

        try
        {
            await using var database = await contexts.CreateDbContextAsync();
            foreach (var some in windows.Chunk(AtOnce)) await ReadAsync(database, some);
            if (_isDown) Log.Back(logger);
            _isDown = false;
            return true;
        }
        catch (Exception failure) when (failure is DbException or TimeoutException or InvalidOperationException or { InnerException: DbException })
        {
            if (!_isDown) Log.Unreachable(logger, (failure.InnerException ?? failure).Message);
            _isDown = true;
            return false;
        }
    }

    private async ValueTask<bool> LoadMissingAsync(IReadOnlyList<BudgetClaim> claims)
    {
        foreach (var claim in claims)
        {
            if (claim.Window.IsLoaded) continue;
            if (_isDown) return false;
            try
            {
                if (!await claim.Window.LoadOnceAsync(window => ReadAsync([window])).WaitAsync(Patience, time)) return false;
            }
            catch (TimeoutException)
            {
                _isDown = true;
                Log.Unreachable(logger, "it did not answer in time");
                return false;
            }
        }

        return true;
    }

    private static async Task ReadAsync(GatewayDbContext database, SpendWindow[] windows)
    {
        var (ids, starts) = (windows.Select(static window => window.Account.Id).Distinct().ToList(), windows.Select(static window => window.Start).Distinct().ToList());
        var rows = await database.AccountSpend.AsNoTracking()
            .Where(row => ids.Contains(row.Id) && starts.Contains(row.WindowStart))
            .Select(static row => new { row.Kind, row.Id, row.WindowStart, row.Spend })
            .ToListAsync();
        var spent = rows.ToDictionary(static row => (row.Kind, row.Id, row.WindowStart), static row => row.Spend);
        foreach (var window in windows)
        {
            if (spent.TryGetValue((window.Account.Kind.ToString(), window.Account.Id, window.Start), out var known)) window.Learn(known);
            window.Loaded();
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "What was spent cannot be read from the database; budgets go by what this process knows: {Reason}")]
        public static partial void Unreachable(ILogger logger, string reason);

        [LoggerMessage(2, LogLevel.Information, "What was spent can be read from the database again")]
        public static partial void Back(ILogger logger);
    }
}
