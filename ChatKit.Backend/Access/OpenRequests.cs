using System.Data.Common;
using ChatKit.Data.Users;
using Microsoft.EntityFrameworkCore;

namespace ChatKit.Backend.Access;

/// <summary>
/// The requests that accounts have open here; an answer may stream for minutes. Whoever is disabled meanwhile gets no more of it: at once where that is done on
/// this replica, and within seconds where another did it.
/// </summary>
internal sealed partial class OpenRequests(IDbContextFactory<UsersDbContext> accounts, TimeProvider time, ILogger<OpenRequests> logger) : BackgroundService
{
    public static readonly TimeSpan Look = TimeSpan.FromSeconds(5);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, List<CancellationTokenSource>> _open = new(StringComparer.Ordinal);

    /// <summary>Makes the request end when the account is cut off, as if its client had left.</summary>
    public IDisposable Enter(string accountId, HttpContext http)
    {
        var cut = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted);
        http.RequestAborted = cut.Token;
        lock (_lock)
        {
            if (!_open.TryGetValue(accountId, out var requests))
                _open[accountId] = requests = [];
            requests.Add(cut);
        }

        return new Entry(this, accountId, cut);
    }

    public void Cut(string accountId)
    {
        List<CancellationTokenSource> requests;
        lock (_lock)
        {
            requests = [.. _open.GetValueOrDefault(accountId) ?? []];
        }

        foreach (var request in requests)
            request.Cancel();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Look, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                foreach (var accountId in await UnwelcomeAsync(stoppingToken))
                    Cut(accountId);
            }
            catch (Exception failure) when (failure is DbException or { InnerException: DbException })
            {
                Log.NotLooked(logger, failure.Message.ReplaceLineEndings(" "));
            }
        }
    }

    private async Task<IReadOnlyList<string>> UnwelcomeAsync(CancellationToken cancel)
    {
        List<string> open;
        lock (_lock)
        {
            open = [.. _open.Keys];
        }

        if (open.Count == 0)
            return [];
        await using var database = await accounts.CreateDbContextAsync(cancel);
        var welcome = await database.Users.Where(account => open.Contains(account.Id) && account.DisabledAt == null).Select(account => account.Id).ToListAsync(cancel);
        return [.. open.Except(welcome)];
    }

    private void Leave(string accountId, CancellationTokenSource cut)
    {
        lock (_lock)
        {
            var requests = _open[accountId];
            requests.Remove(cut);
            if (requests.Count == 0)
                _open.Remove(accountId);
        }
    }

    /// <summary>Not disposed with its request: whoever cuts it off may come a moment late, and it has no timer to free.</summary>
    private sealed class Entry(OpenRequests open, string accountId, CancellationTokenSource cut) : IDisposable
    {
        public void Dispose() => open.Leave(accountId, cut);
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "Whether people with open requests were disabled elsewhere could not be looked up: {Reason}")]
        public static partial void NotLooked(ILogger logger, string reason);
    }
}
