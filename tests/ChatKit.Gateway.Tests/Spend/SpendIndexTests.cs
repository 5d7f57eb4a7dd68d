using ChatKit.Gateway.Model.Accounts;
using ChatKit.Gateway.Spend.Reports;
using ChatKit.ServiceDefaults.Database;
using ChatKit.Testing.Databases;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace ChatKit.Gateway.Tests.Spend;

/// <summary>PostgreSQL's own word (EXPLAIN) that no question of the log or the reports reads the whole table, however long it grows.</summary>
public sealed class SpendIndexTests
{
    [SkippableFact]
    public async Task Every_question_is_answered_along_an_index()
    {
        await using var database = await TempDatabase.CreateMigratedAsync(DatabaseKind.PostgreSql);
        await database.ExecuteAsync(
            """
            INSERT INTO spend_logs (request_id, call_type, key_hash, spend, prompt_tokens, completion_tokens, total_tokens, cache_read_tokens, cache_creation_tokens, is_estimated,
              start_time, end_time, model, model_id, model_group, provider, api_base, user_id, team_id, end_user, tags, cache_hit, status)
            SELECT 'r' || i, 'acompletion', 'k' || i % 500, 1000, 9, 5, 14, 0, 0, false, '2026-01-01Z'::timestamptz + i * interval '1 second', '2026-01-01Z'::timestamptz + i * interval '1 second',
              'gpt-4o', 'd1', 'gpt', 'openai', '', 'u' || i % 300, 't' || i % 200, 'c' || i % 1000, ARRAY['red'], false, 'success' FROM generate_series(1, 60000) i
            """);
        await database.ExecuteAsync(
            """
            INSERT INTO daily_spend (kind, id, day, key_hash, model, model_group, provider, spend, prompt_tokens, completion_tokens, cache_read_tokens, cache_creation_tokens, requests, successful, unpriced)
            SELECT k, CASE k WHEN 'Global' THEN '' ELSE 'x' || i END, '2026-01-01'::date + d, '', 'gpt-4o', 'gpt', 'openai', 1, 1, 1, 0, 0, 1, 1, 0
            FROM unnest(ARRAY['Global', 'Key', 'User', 'Team']) k, generate_series(1, 100) i, generate_series(1, 90) d WHERE k <> 'Global' OR i = 1
            """);
        await database.ExecuteAsync("ANALYZE spend_logs, daily_spend");

        var newest = new SpendLogFilter(new SpendScope());
        await IsAlongAsync(database, newest, "ix_spend_logs_start_time");
        await IsAlongAsync(database, newest with { After = new SpendCursor(new DateTime(2026, 1, 1, 5, 0, 0, DateTimeKind.Utc), "r18000") }, "ix_spend_logs_start_time");
        await IsAlongAsync(database, newest with { Scope = new SpendScope(KeyHash: "k7") }, "ix_spend_logs_key_hash_start_time");
        await IsAlongAsync(database, newest with { Scope = new SpendScope(UserId: "u7") }, "ix_spend_logs_user_id_start_time");
        await IsAlongAsync(database, newest with { Scope = new SpendScope(TeamId: "t7") }, "ix_spend_logs_team_id_start_time");
        await IsAlongAsync(database, newest with { EndUser = "c7" }, "ix_spend_logs_end_user_start_time");
        await IsAlongAsync(database, newest with { RequestId = "r777" }, "pk_spend_logs");

        await using var context = database.OpenGateway();
        var (from, to) = (new DateOnly(2026, 2, 1), new DateOnly(2026, 2, 7));
        Assert.DoesNotContain("Seq Scan", await PlanAsync(new DailySums(AccountKind.Global, from, to).Of(context)), StringComparison.Ordinal);
        Assert.DoesNotContain("Seq Scan", await PlanAsync(new DailySums(AccountKind.User, from, to) { Ids = ["x7"] }.Of(context)), StringComparison.Ordinal);
    }

    private static async Task IsAlongAsync(TempDatabase database, SpendLogFilter filter, string index)
    {
        await using var context = database.OpenGateway();
        var plan = await PlanAsync(filter.Of(context.SpendLogs).Take(50));

        Assert.Contains(index, plan, StringComparison.Ordinal);
        Assert.DoesNotContain("Seq Scan", plan, StringComparison.Ordinal);
    }

    private static async Task<string> PlanAsync<T>(IQueryable<T> query)
    {
        await using var command = query.CreateDbCommand();
        command.CommandText = "EXPLAIN " + command.CommandText;
        await command.Connection!.OpenAsync();
        await using var reader = await command.ExecuteReaderAsync();
        var plan = new List<string>();
        while (await reader.ReadAsync()) plan.Add(reader.GetString(0));
        await command.Connection.CloseAsync();
        return string.Join('\n', plan);
    }
}
