using ChatKit.Data.Chat;
using Microsoft.EntityFrameworkCore;

namespace ChatKit.Worker.Outbox;

/// <summary>One attempt that has begun; they are numbered from 1.</summary>
internal sealed record OutboxAttempt(string Id, string Kind, string Key, string Payload, int Number);

/// <summary>
/// Keeps a row's history in the row. Attempts are counted as they begin, so a job that kills its worker each time ends as a dead letter
/// too, and not in an endless round.
/// </summary>
internal sealed class OutboxLedger(IDbContextFactory<ChatDbContext> contexts, WorkerSettings settings, TimeProvider time)
{
    private const int LongestError = 2000;

    /// <summary>Null where nothing is to be done: the row is completed, dead, or gone.</summary>
    public async Task<OutboxAttempt?> BeginAsync(string id, CancellationToken cancellationToken)
    {
        await using var database = await contexts.CreateDbContextAsync(cancellationToken);
        var open = Open(database, id);
        if (await open.Where(row => row.Attempts >= settings.MaxAttempts).ExecuteUpdateAsync(
            row => row.SetProperty(r => r.DeadAt, Now).SetProperty(r => r.LastError, r => r.LastError ?? "Every attempt ended with its worker."),
            cancellationToken) > 0)
            return null;
        if (await open.ExecuteUpdateAsync(row => row.SetProperty(r => r.Attempts, r => r.Attempts + 1), cancellationToken) == 0)
            return null;
        return await database.Outbox.Where(row => row.Id == id)
            .Select(row => new OutboxAttempt(row.Id, row.Kind, row.Key, row.Payload, row.Attempts))
            .SingleAsync(cancellationToken);
    }

    public async Task CompleteAsync(OutboxAttempt attempt, CancellationToken cancellationToken)
    {
        await using var database = await contexts.CreateDbContextAsync(cancellationToken);
        await Open(database, attempt.Id).ExecuteUpdateAsync(
            row => row.SetProperty(r => r.CompletedAt, Now).SetProperty(r => r.LastError, (string?)null), cancellationToken);
    }

    /// <summary>True when that was the last attempt: the row is a dead letter now.</summary>
    public async Task<bool> FailAsync(OutboxAttempt attempt, Exception failure, CancellationToken cancellationToken)
    {
        DateTime? deadAt = attempt.Number >= settings.MaxAttempts ? Now : null;
        var reason = $"{failure.GetType().Name}: {failure.Message}";
        await using var database = await contexts.CreateDbContextAsync(cancellationToken);
        await Open(database, attempt.Id).ExecuteUpdateAsync(
            row => row.SetProperty(r => r.LastError, reason[..Math.Min(reason.Length, LongestError)]).SetProperty(r => r.DeadAt, deadAt),
            cancellationToken);
        return deadAt is not null;
    }

    /// <summary>A stopping worker's attempt does not count.</summary>
    public async Task HandBackAsync(OutboxAttempt attempt)
    {
        await using var database = await contexts.CreateDbContextAsync();
        await Open(database, attempt.Id).ExecuteUpdateAsync(row => row.SetProperty(r => r.Attempts, r => r.Attempts - 1));
    }

    private DateTime Now => time.GetUtcNow().UtcDateTime;

    private static IQueryable<OutboxRow> Open(ChatDbContext database, string id) =>
        database.Outbox.Where(row => row.Id == id && row.CompletedAt == null && row.DeadAt == null);
}
