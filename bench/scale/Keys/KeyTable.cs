using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ChatKit.Data.Gateway;
using ChatKit.ServiceDefaults.Database;
using Microsoft.EntityFrameworkCore;

namespace ChatKit.Bench.Scale.Keys;

/// <summary>Fills an empty database with keys, each with a user, every second one in a team, all with limits: as fast as each database takes them.</summary>
internal static class KeyTable
{
    private const int Users = 100_000;
    private const int Teams = 1000;

    private const string Columns =
        "token, name, user_id, team_id, models, allowed_routes, tags, guardrails, metadata, blocked, max_budget, budget_duration, rpm_limit, tpm_limit, created_at, updated_at";

    /// <summary>The text of a key by its number.</summary>
    public static string KeyOf(int number) => string.Create(CultureInfo.InvariantCulture, $"sk-scale-{number:000000000000}");

    public static async Task FillAsync(DatabaseTarget target, int count)
    {
        await GatewayMigrator.MigrateAsync(target);
        await using var database = GatewayDatabase.Open(target);
        database.Database.SetCommandTimeout(TimeSpan.FromMinutes(30));
        if (target.Kind == DatabaseKind.PostgreSql) await FillPostgresAsync(database, count);
        else await FillSqliteAsync(database, count);
    }

    private static async Task FillPostgresAsync(GatewayDbContext database, int count)
    {
        await database.Database.ExecuteSqlAsync($"INSERT INTO teams (id, models, tags, guardrails, blocked, created_at, updated_at) SELECT 't' || i, '{{}}', '{{}}', '{{}}', false, now(), now() FROM generate_series(0, {Teams - 1}) i");
        await database.Database.ExecuteSqlAsync($"INSERT INTO internal_users (id, role, models, blocked, created_at, updated_at) SELECT 'u' || i, 'internal_user', '{{}}', false, now(), now() FROM generate_series(0, {Users - 1}) i");
        await database.Database.ExecuteSqlRawAsync(
            $$$"""
            INSERT INTO virtual_keys ({{{Columns}}})
            SELECT encode(sha256(convert_to('sk-scale-' || lpad(i::text, 12, '0'), 'UTF8')), 'hex'), 'sk-...' || lpad((i % 10000)::text, 4, '0'), 'u' || i % {{{Users}}},
                   CASE WHEN i % 2 = 0 THEN 't' || i % {{{Teams}}} END, '{{gpt,demo}}', '{{}}', '{{}}', '{{}}', '{{"app":"scale"}}', false, 5000000000, '30d', 100, 100000, now(), now()
            FROM generate_series(0, {0} - 1) i
            """,
            count);
        await database.Database.ExecuteSqlRawAsync("ANALYZE virtual_keys");
    }

    private static async Task FillSqliteAsync(GatewayDbContext database, int count)
    {
        var connection = database.Database.GetDbConnection();
        await connection.OpenAsync();
        const string Now = "'2026-01-01 00:00:00'";
        await using var transaction = await connection.BeginTransactionAsync();
        await database.Database.UseTransactionAsync(transaction);
        await RunAsync($"WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < {Teams - 1}) INSERT INTO teams (id, models, tags, guardrails, blocked, created_at, updated_at) SELECT 't' || i, '[]', '[]', '[]', 0, {Now}, {Now} FROM n");
        await RunAsync($"WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < {Users - 1}) INSERT INTO internal_users (id, role, models, blocked, created_at, updated_at) SELECT 'u' || i, 'internal_user', '[]', 0, {Now}, {Now} FROM n");
        await using var insert = connection.CreateCommand();
        insert.Transaction = transaction;
        insert.CommandText = $"INSERT INTO virtual_keys ({Columns}) VALUES ($token, $name, $user, $team, '[\"gpt\",\"demo\"]', '[]', '[]', '[]', '{{\"app\":\"scale\"}}', 0, 5000000000, '30d', 100, 100000, {Now}, {Now})";
        var (token, name, user, team) = (Parameter("$token"), Parameter("$name"), Parameter("$user"), Parameter("$team"));
        await insert.PrepareAsync();
        for (var i = 0; i < count; i++)
        {
            var key = KeyOf(i);
            (token.Value, name.Value) = (Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key))), $"sk-...{key[^4..]}");
            (user.Value, team.Value) = ($"u{i % Users}", i % 2 == 0 ? $"t{i % Teams}" : DBNull.Value);
            await insert.ExecuteNonQueryAsync();
        }

        await transaction.CommitAsync();

        System.Data.Common.DbParameter Parameter(string of)
        {
            var parameter = insert.CreateParameter();
            parameter.ParameterName = of;
            insert.Parameters.Add(parameter);
            return parameter;
        }

        async Task RunAsync(string sql)
        {
            await using var command = connection.CreateCommand();
            (command.Transaction, command.CommandText) = (transaction, sql);
            await command.ExecuteNonQueryAsync();
        }
    }
}
