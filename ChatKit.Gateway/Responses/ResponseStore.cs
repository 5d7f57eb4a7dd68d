using System.Data.Common;
using ChatKit.Data.Gateway;
using ChatKit.Gateway.Errors;
using Microsoft.EntityFrameworkCore;

namespace ChatKit.Gateway.Responses;

/// <summary>The answers that are kept. A key sees its own and nobody else's. Without a database there is none, and the calls that need one say so.</summary>
internal sealed partial class ResponseStore(ILogger<ResponseStore> logger, IDbContextFactory<GatewayDbContext>? contexts = null)
{
    /// <summary>False where no database is configured.</summary>
    public bool IsConfigured => contexts is not null;

    /// <summary>One answer.</summary>
    public async ValueTask<(KeptResponse? Found, GatewayError? Error)> FindAsync(string id, string owner, CancellationToken cancellationToken)
    {
        var (rows, error) = await ReadAsync(
            database => Kept(database).Where(row => row.Id == id && row.Owner == owner).ToListAsync(cancellationToken));
        return rows is { Count: > 0 } ? (ToKept(rows[0]), null) : (null, error ?? ResponseErrors.NotFound(id));
    }

    /// <summary>An answer and all that it goes on from, the first one first. One query, whatever the length: the conversation's other branches are left aside.</summary>
    public async ValueTask<(IReadOnlyList<KeptResponse> Way, GatewayError? Error)> ConversationAsync(KeptResponse last, CancellationToken cancellationToken)
    {
        if (last.PreviousId is null) return ([last], null);
        var (rows, error) = await ReadAsync(
            database => Kept(database).Where(row => row.RootId == last.RootId && row.Owner == last.Owner).ToListAsync(cancellationToken));
        if (error is not null) return ([], error);

        var byId = rows!.Select(ToKept).ToDictionary(kept => kept.Id);
        var way = new List<KeptResponse>();
        for (var at = last; at is not null; at = at.PreviousId is null ? null : byId.GetValueOrDefault(at.PreviousId))
        {
            way.Add(at);
            byId.Remove(at.Id);
        }

        way.Reverse();
        return way[0].PreviousId is { } missing ? ([], ResponseErrors.NotFound(missing)) : (way, null);
    }

    /// <summary>
    /// Keeps an answer that its client already has or is about to have: where the database cannot be reached, the answer is still right, and only the log knows.
    /// </summary>
    public async ValueTask KeepAsync(KeptResponse kept)
    {
        var row = new StoredResponseRow
        {
            Id = kept.Id,
            Owner = kept.Owner,
            PreviousId = kept.PreviousId,
            RootId = kept.RootId,
            DeploymentId = kept.DeploymentId,
            CreatedAt = kept.CreatedAt,
            Input = kept.Input,
            Body = kept.Body,
        };
        try
        {
            await using var database = await contexts!.CreateDbContextAsync(CancellationToken.None);
            database.Responses.Add(row);
            await database.SaveChangesAsync(CancellationToken.None);
        }
        catch (Exception failure) when (IsDatabase(failure))
        {
            Log.NotKept(logger, kept.Id, (failure.InnerException ?? failure).Message);
        }
    }

    /// <summary>Forgets an answer.</summary>
    public async ValueTask<GatewayError?> DeleteAsync(string id, string owner, CancellationToken cancellationToken)
    {
        var (deleted, error) = await ReadAsync(
            database => database.Responses.Where(row => row.Id == id && row.Owner == owner).ExecuteDeleteAsync(cancellationToken));
        return error ?? (deleted == 0 ? ResponseErrors.NotFound(id) : null);
    }

    private async ValueTask<(T? Result, GatewayError? Error)> ReadAsync<T>(Func<GatewayDbContext, Task<T>> read)
    {
        if (contexts is null) return (default, ResponseErrors.NoDatabase);
        try
        {
            await using var database = await contexts.CreateDbContextAsync();
            return (await read(database), null);
        }
        catch (Exception failure) when (IsDatabase(failure))
        {
            Log.Unreachable(logger, (failure.InnerException ?? failure).Message);
            return (default, ResponseErrors.Unreachable);
        }
    }

    private static IQueryable<StoredResponseRow> Kept(GatewayDbContext database) => database.Responses.AsNoTracking();

    private static KeptResponse ToKept(StoredResponseRow row) =>
        new(row.Id, row.Owner, row.PreviousId, row.RootId, row.DeploymentId, row.CreatedAt, row.Input, row.Body);

    private static bool IsDatabase(Exception failure) => failure is DbException or { InnerException: DbException };

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Response {Id} could not be kept: {Reason}")]
        public static partial void NotKept(ILogger logger, string id, string reason);

        [LoggerMessage(2, LogLevel.Warning, "A kept response could not be read: {Reason}")]
        public static partial void Unreachable(ILogger logger, string reason);
    }
}
