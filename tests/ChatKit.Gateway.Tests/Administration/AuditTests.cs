using System.Text.Json;
using ChatKit.ServiceDefaults.Database;
using Xunit;

namespace ChatKit.Gateway.Tests.Administration;

/// <summary>Every change leaves a row and a log line: who, what, before and after, without secrets.</summary>
public sealed class AuditTests
{
    [SkippableTheory]
    [MemberData(nameof(DatabaseKinds.Both), MemberType = typeof(DatabaseKinds))]
    public async Task A_change_is_written_down_with_its_author_before_and_after(DatabaseKind kind)
    {
        await using var host = await AdminHost.StartAsync(kind);
        var key = await host.UserKeyAsync("root", "proxy_admin");

        await host.PostAsync("/team/new", """{"team_id":"core","max_budget":1,"metadata":{"slack_api_key":"xoxb-0123456789abcdef","color":"blue"}}""", key);
        await host.PostAsync("/team/update", """{"team_id":"core","max_budget":2}""", key);
        await host.PostAsync("/team/block", """{"team_id":"core"}""", key);
        await host.RefusedAsync("POST", "/team/update", """{"team_id":"core","max_budget":"much"}""", key);
        await host.PostAsync("/team/delete", """{"team_ids":["core"]}""", key);

        var page = await host.GetAsync("/audit?table_name=LiteLLM_TeamTable&object_id=core&sort_order=asc");
        var rows = page.GetProperty("audit_logs").EnumerateArray().ToList();
        Assert.Equal(["created", "updated", "blocked", "deleted"], rows.Select(row => row.GetProperty("action").GetString()));
        Assert.All(rows, row => Assert.Equal(("root", 64), (row.GetProperty("changed_by").GetString(), row.GetProperty("changed_by_api_key").GetString()!.Length)));
        Assert.Equal((JsonValueKind.Null, 1m), (rows[0].GetProperty("before_value").ValueKind, rows[0].GetProperty("updated_values").GetProperty("max_budget").GetDecimal()));
        Assert.Equal((1m, 2m), (rows[1].GetProperty("before_value").GetProperty("max_budget").GetDecimal(), rows[1].GetProperty("updated_values").GetProperty("max_budget").GetDecimal()));
        Assert.Equal((2m, JsonValueKind.Null), (rows[3].GetProperty("before_value").GetProperty("max_budget").GetDecimal(), rows[3].GetProperty("updated_values").ValueKind));
        Assert.Equal("blue", rows[0].GetProperty("updated_values").GetProperty("metadata").GetProperty("color").GetString());
        Assert.DoesNotContain("xoxb-0123456789", page.GetRawText());
        Assert.Contains("root updated team core", host.Gateway.Logs.ToString());
        var one = await host.GetAsync($"/audit/{rows[1].GetProperty("id").GetString()}");
        Assert.Equal("updated", one.GetProperty("action").GetString());
    }

    [SkippableTheory]
    [MemberData(nameof(DatabaseKinds.Both), MemberType = typeof(DatabaseKinds))]
    public async Task The_audit_log_comes_in_pages_the_latest_first(DatabaseKind kind)
    {
        await using var host = await AdminHost.StartAsync(kind);
        for (var i = 1; i <= 5; i++) await host.PostAsync("/tag/new", $$"""{"name":"t{{i}}"}""");

        var second = await host.GetAsync("/audit?page=2&page_size=2");
        var none = await host.GetAsync("/audit?end_date=2020-01-01");
        var all = await host.GetAsync("/audit?start_date=2020-01-01&action=created&changed_by=master");

        Assert.Equal((5, 3, "t3", "t2"), (second.GetProperty("total").GetInt32(), second.GetProperty("total_pages").GetInt32(), Id(second, 0), Id(second, 1)));
        Assert.Equal((0, 5), (none.GetProperty("total").GetInt32(), all.GetProperty("total").GetInt32()));
        Assert.Equal("start_date", (await host.RefusedAsync("GET", "/audit?start_date=yesterday")).Param);
        Assert.Equal(404, (await host.RefusedAsync("GET", "/audit/nowhere")).Status);
    }

    [Fact]
    public async Task Readiness_says_whether_the_database_answers()
    {
        await using var host = await AdminHost.StartAsync(DatabaseKind.Sqlite);
        await using var down = await host.ReplicaAsync(static folder => folder.Set("DATABASE_URL", "postgresql://user:word@127.0.0.1:1/nowhere"));

        var (up, gone) = (await host.GetAsync("/health/readiness"), await down.GetAsync("/health/readiness"));

        Assert.Equal(("healthy", "connected"), (up.GetProperty("status").GetString(), up.GetProperty("db").GetString()));
        Assert.Equal(("healthy", "Not connected"), (gone.GetProperty("status").GetString(), gone.GetProperty("db").GetString()));
        Assert.Contains("does not answer", gone.GetProperty("problems").GetProperty("database").GetString());
    }

    [Fact]
    public async Task Without_rows_the_log_still_tells()
    {
        await using var host = await AdminHost.StartAsync(DatabaseKind.Sqlite, folder => folder.With("config.yaml", "litellm_settings: { store_audit_logs: false }\n"));

        await host.PostAsync("/tag/new", """{"name":"quiet"}""");

        Assert.Equal(0, (await host.GetAsync("/audit")).GetProperty("total").GetInt32());
        Assert.Contains("master created tag quiet", host.Gateway.Logs.ToString());
    }

    private static string? Id(JsonElement page, int index) => page.GetProperty("audit_logs")[index].GetProperty("object_id").GetString();
}
