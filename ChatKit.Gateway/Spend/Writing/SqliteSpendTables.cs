using System.Data.Common;
using System.Globalization;
using System.Text.Json;

namespace ChatKit.Gateway.Spend.Writing;

/// <summary>
/// SQLite: one prepared statement per table, row by row, which is the fastest that it has. Times are written as EF writes them, so that both read the same.
/// </summary>
internal sealed class SqliteSpendTables : ISpendTables
{
    private const string Mark = "INSERT INTO spend_batches (id, written_at) VALUES (@p0, @p1) ON CONFLICT DO NOTHING";

    private const string AddDay =
        """
        INSERT INTO daily_spend (kind, id, day, key_hash, model, model_group, provider, spend, prompt_tokens, completion_tokens, cache_read_tokens, cache_creation_tokens, requests, successful, unpriced)
        VALUES (@p0, @p1, @p2, @p3, @p4, @p5, @p6, @p7, @p8, @p9, @p10, @p11, @p12, @p13, @p14)
        ON CONFLICT (kind, id, day, key_hash, model, model_group, provider) DO UPDATE SET
          spend = spend + excluded.spend, prompt_tokens = prompt_tokens + excluded.prompt_tokens, completion_tokens = completion_tokens + excluded.completion_tokens,
          cache_read_tokens = cache_read_tokens + excluded.cache_read_tokens, cache_creation_tokens = cache_creation_tokens + excluded.cache_creation_tokens,
          requests = requests + excluded.requests, successful = successful + excluded.successful, unpriced = unpriced + excluded.unpriced
        """;

    private const string AddAccount =
        """
        INSERT INTO account_spend (kind, id, window_start, spend, updated_at) VALUES (@p0, @p1, @p2, @p3, @p4)
        ON CONFLICT (kind, id, window_start) DO UPDATE SET spend = spend + excluded.spend, updated_at = excluded.updated_at
        """;

    private static readonly string Insert =
        $"INSERT INTO spend_logs ({string.Join(", ", SpendColumns.Names)}) VALUES ({string.Join(", ", SpendColumns.Names.Select((_, at) => $"@p{at}"))}) ON CONFLICT DO NOTHING";

    public async Task<bool> MarkAsync(DbTransaction transaction, string segment, DateTime now, CancellationToken cancellationToken)
    {
        await using var command = Command(transaction, Mark, 2);
        return await RunAsync(command, [segment, Time(now)], cancellationToken) == 1;
    }

    public async Task<IReadOnlyList<SpendRecord>> InsertAsync(DbTransaction transaction, IReadOnlyList<SpendRecord> records, CancellationToken cancellationToken)
    {
        await using var command = Command(transaction, Insert, SpendColumns.Names.Count);
        var inserted = new List<SpendRecord>(records.Count);
        foreach (var record in records)
        {
            if (await RunAsync(command, Row(record), cancellationToken) == 1) inserted.Add(record);
        }

        return inserted;
    }

    public async Task AddAsync(DbTransaction transaction, SpendBatch sums, DateTime now, CancellationToken cancellationToken)
    {
        await using var day = Command(transaction, AddDay, 15);
        foreach (var (key, sum) in sums.Days)
        {
            await RunAsync(
                day,
                [key.Kind, key.Id, key.Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), key.KeyHash, key.Model, key.ModelGroup, key.Provider, sum.Spend, sum.PromptTokens,
                 sum.CompletionTokens, sum.CacheReadTokens, sum.CacheCreationTokens, sum.Requests, sum.Successful, sum.Unpriced],
                cancellationToken);
        }

        await using var account = Command(transaction, AddAccount, 5);
        foreach (var (key, spend) in sums.Accounts) await RunAsync(account, [key.Kind, key.Id, Time(key.Start), spend, Time(now)], cancellationToken);
    }

    /// <summary>A text column takes anything; what fails is the file, the disk, or a lock.</summary>
    public bool RefusesContent(DbException failure) => false;

    private static object?[] Row(SpendRecord record)
    {
        var row = SpendColumns.Of(record);
        for (var at = 0; at < row.Length; at++)
            row[at] = row[at] switch { DateTime time => Time(time), IReadOnlyList<string> tags => JsonSerializer.Serialize(tags, TextListJson.Default.IReadOnlyListString), var value => value };
        return row;
    }

    private static string Time(DateTime time) => time.AddTicks(-(time.Ticks % TimeSpan.TicksPerMicrosecond)).ToString("yyyy-MM-dd HH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture);

    private static DbCommand Command(DbTransaction transaction, string sql, int parameters)
    {
        var command = transaction.Connection!.CreateCommand();
        (command.Transaction, command.CommandText) = (transaction, sql);
        for (var at = 0; at < parameters; at++)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = $"@p{at}";
            command.Parameters.Add(parameter);
        }

        return command;
    }

    private static Task<int> RunAsync(DbCommand command, object?[] values, CancellationToken cancellationToken)
    {
        for (var at = 0; at < values.Length; at++) command.Parameters[at].Value = values[at] ?? DBNull.Value;
        return command.ExecuteNonQueryAsync(cancellationToken);
    }
}
