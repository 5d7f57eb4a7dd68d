using System.Data.Common;
using System.Text.Json;
using Npgsql;
using NpgsqlTypes;

namespace ChatKit.Gateway.Spend.Writing;

/// <summary>
/// PostgreSQL: a batch is one statement per table, whose parameters are columns (<c>unnest</c>): one round trip, one plan, whatever the number of rows. The arrays
/// are in the order of the keys, and so are the locks that the upserts take.
/// </summary>
internal sealed class PostgresSpendTables : ISpendTables
{
    private const string Mark = "INSERT INTO spend_batches (id, written_at) VALUES (@p0, @p1) ON CONFLICT DO NOTHING";

    /// <summary>Arrays of arrays must be rectangular, so tags travel as JSON.</summary>
    private static readonly string Insert =
        $"""
        INSERT INTO spend_logs ({string.Join(", ", SpendColumns.Names)})
        SELECT {string.Join(", ", SpendColumns.Names.Select(static name => name is "tags" ? "ARRAY(SELECT jsonb_array_elements_text(r.tags::jsonb))" : $"r.{name}"))}
        FROM unnest({string.Join(", ", SpendColumns.Names.Select(static (_, at) => $"@p{at}"))}) AS r ({string.Join(", ", SpendColumns.Names)})
        ON CONFLICT DO NOTHING RETURNING request_id
        """;

    private const string AddDays =
        """
        INSERT INTO daily_spend AS d (kind, id, day, key_hash, model, model_group, provider, spend, prompt_tokens, completion_tokens, cache_read_tokens, cache_creation_tokens, requests, successful, unpriced)
        SELECT * FROM unnest(@p0, @p1, @p2, @p3, @p4, @p5, @p6, @p7, @p8, @p9, @p10, @p11, @p12, @p13, @p14)
        ON CONFLICT (kind, id, day, key_hash, model, model_group, provider) DO UPDATE SET
          spend = d.spend + excluded.spend, prompt_tokens = d.prompt_tokens + excluded.prompt_tokens, completion_tokens = d.completion_tokens + excluded.completion_tokens,
          cache_read_tokens = d.cache_read_tokens + excluded.cache_read_tokens, cache_creation_tokens = d.cache_creation_tokens + excluded.cache_creation_tokens,
          requests = d.requests + excluded.requests, successful = d.successful + excluded.successful, unpriced = d.unpriced + excluded.unpriced
        """;

    private const string AddAccounts =
        """
        INSERT INTO account_spend AS a (kind, id, window_start, spend, updated_at)
        SELECT k, i, w, s, @p4 FROM unnest(@p0, @p1, @p2, @p3) AS r (k, i, w, s)
        ON CONFLICT (kind, id, window_start) DO UPDATE SET spend = a.spend + excluded.spend, updated_at = excluded.updated_at
        """;

    public async Task<bool> MarkAsync(DbTransaction transaction, string segment, DateTime now, CancellationToken cancellationToken)
    {
        await using var command = Command(transaction, Mark, segment, now);
        return await command.ExecuteNonQueryAsync(cancellationToken) == 1;
    }

    public async Task<IReadOnlyList<SpendRecord>> InsertAsync(DbTransaction transaction, IReadOnlyList<SpendRecord> records, CancellationToken cancellationToken)
    {
        var rows = records.Select(SpendColumns.Of).ToList();
        await using var command = Command(transaction, Insert, [.. SpendColumns.Names.Select((name, at) => Column(name, rows, at))]);
        var inserted = new HashSet<string>(StringComparer.Ordinal);
        await using (var reader = await command.ExecuteReaderAsync(cancellationToken))
            while (await reader.ReadAsync(cancellationToken)) inserted.Add(reader.GetString(0));
        // A batch that holds an id twice inserts it once.
        return [.. records.Where(record => inserted.Remove(record.RequestId))];
    }

    public async Task AddAsync(DbTransaction transaction, SpendBatch sums, DateTime now, CancellationToken cancellationToken)
    {
        if (sums.Days.Count > 0)
        {
            await using var days = Command(
                transaction, AddDays, Days(d => d.Key.Kind), Days(d => d.Key.Id), Days(d => d.Key.Day), Days(d => d.Key.KeyHash), Days(d => d.Key.Model), Days(d => d.Key.ModelGroup),
                Days(d => d.Key.Provider), Days(d => d.Value.Spend), Days(d => d.Value.PromptTokens), Days(d => d.Value.CompletionTokens), Days(d => d.Value.CacheReadTokens),
                Days(d => d.Value.CacheCreationTokens), Days(d => d.Value.Requests), Days(d => d.Value.Successful), Days(d => d.Value.Unpriced));
            await days.ExecuteNonQueryAsync(cancellationToken);
        }

        if (sums.Accounts.Count == 0) return;
        await using var accounts = Command(
            transaction, AddAccounts, Accounts(a => a.Key.Kind), Accounts(a => a.Key.Id), Accounts(a => a.Key.Start), Accounts(a => a.Value), now);
        await accounts.ExecuteNonQueryAsync(cancellationToken);

        T[] Days<T>(Func<KeyValuePair<DailyKey, DailySum>, T> column) => [.. sums.Days.Select(column)];

        T[] Accounts<T>(Func<KeyValuePair<AccountKey, long>, T> column) => [.. sums.Accounts.Select(column)];
    }

    /// <summary>Class 22, data exceptions: a text with a character that the server does not take, a value that does not fit.</summary>
    public bool RefusesContent(DbException failure) => failure.SqlState is ['2', '2', ..];

    private static object Column(string name, List<object?[]> rows, int at) => name switch
    {
        "spend" => rows.Select(row => (long?)row[at]).ToArray(),
        "prompt_tokens" or "completion_tokens" or "total_tokens" or "cache_read_tokens" or "cache_creation_tokens" => rows.Select(row => (long)row[at]!).ToArray(),
        "is_estimated" or "cache_hit" => rows.Select(row => (bool)row[at]!).ToArray(),
        "start_time" or "end_time" or "completion_start_time" => rows.Select(row => (DateTime?)row[at]).ToArray(),
        "tags" => rows.Select(row => JsonSerializer.Serialize((IReadOnlyList<string>)row[at]!, TextListJson.Default.IReadOnlyListString)).ToArray(),
        _ => rows.Select(row => (string?)row[at]).ToArray(),
    };

    private static NpgsqlCommand Command(DbTransaction transaction, string sql, params object[] values)
    {
        var command = new NpgsqlCommand(sql, (NpgsqlConnection)transaction.Connection!, (NpgsqlTransaction)transaction);
        for (var at = 0; at < values.Length; at++)
        {
            var parameter = new NpgsqlParameter { ParameterName = $"p{at}", Value = values[at] };
            if (values[at] is string?[]) parameter.NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text;
            else if (values[at] is DateTime?[] or DateTime[]) parameter.NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.TimestampTz;
            command.Parameters.Add(parameter);
        }

        return command;
    }
}
