using System.Text.Json;
using ChatKit.ServiceDefaults.Database;
using Xunit;

namespace ChatKit.Gateway.Tests.Administration;

/// <summary>Teams and who is in them, over the routes, on either database.</summary>
public sealed class TeamTests
{
    [SkippableTheory]
    [MemberData(nameof(DatabaseKinds.Both), MemberType = typeof(DatabaseKinds))]
    public async Task A_team_is_made_found_changed_blocked_and_deleted(DatabaseKind kind)
    {
        await using var host = await AdminHost.StartAsync(kind);

        var made = await host.PostAsync("/team/new", """
            {"team_id":"core","team_alias":"Core","models":["smart"],"max_budget":100.5,"soft_budget":80,"budget_duration":"30d","rpm_limit":600,"tpm_limit":9000000000,
             "metadata":{"cost_center":7},"tags":["a"],"model_aliases":{"best":"smart"},"members_with_roles":[{"role":"admin","user_id":"ada","user_email":"ada@example.com"}]}
            """);
        var changed = await host.PostAsync("/team/update", """{"team_id":"core","max_budget":null,"team_alias":"The core"}""");
        await host.PostAsync("/team/block", """{"team_id":"core"}""");
        var info = await host.GetAsync("/team/info?team_id=core");
        var listed = await host.GetAsync("/team/list");
        var deleted = await host.PostAsync("/team/delete", """{"team_ids":["core"]}""");
        var gone = await host.RefusedAsync("GET", "/team/info?team_id=core");

        Assert.Equal((100.5m, 80m, "30d", 9_000_000_000L), (made.GetProperty("max_budget").GetDecimal(), made.GetProperty("soft_budget").GetDecimal(), made.GetProperty("budget_duration").GetString(), made.GetProperty("tpm_limit").GetInt64()));
        Assert.Equal("""[{"user_id":"ada","user_email":"ada@example.com","role":"admin"}]""", made.GetProperty("members_with_roles").GetRawText());
        Assert.Equal("""{"cost_center":7}""", made.GetProperty("metadata").GetRawText());
        Assert.EndsWith("-01T00:00:00Z", made.GetProperty("budget_reset_at").GetString());
        var team = info.GetProperty("team_info");
        Assert.Equal((JsonValueKind.Null, "The core", true, 600), (team.GetProperty("max_budget").ValueKind, team.GetProperty("team_alias").GetString(), team.GetProperty("blocked").GetBoolean(), team.GetProperty("rpm_limit").GetInt32()));
        Assert.Equal("The core", changed.GetProperty("data").GetProperty("team_alias").GetString());
        Assert.Equal("core", Assert.Single(listed.EnumerateArray()).GetProperty("team_id").GetString());
        Assert.Equal("""{"deleted_teams":["core"]}""", deleted.GetRawText());
        Assert.Equal((404, "not_found_error", "team_id"), (gone.Status, gone.Type, gone.Param));
    }

    [SkippableTheory]
    [MemberData(nameof(DatabaseKinds.Both), MemberType = typeof(DatabaseKinds))]
    public async Task Members_come_change_and_go(DatabaseKind kind)
    {
        await using var host = await AdminHost.StartAsync(kind);
        await host.PostAsync("/team/new", """{"team_id":"core"}""");

        var added = await host.PostAsync("/team/member_add", """{"team_id":"core","member":[{"role":"user","user_id":"bob"},{"role":"admin","user_email":"eve@example.com"}],"max_budget_in_team":5}""");
        var updated = await host.PostAsync("/team/member_update", """{"team_id":"core","user_id":"bob","role":"admin","max_budget_in_team":7.25}""");
        var left = await host.PostAsync("/team/member_delete", """{"team_id":"core","user_email":"eve@example.com"}""");
        var info = await host.GetAsync("/team/info?team_id=core");

        Assert.Equal(2, added.GetProperty("updated_users").GetArrayLength());
        Assert.Equal(5m, added.GetProperty("updated_team_memberships")[0].GetProperty("litellm_budget_table").GetProperty("max_budget").GetDecimal());
        Assert.Equal(("bob", "admin", 7.25m), (updated.GetProperty("user_id").GetString(), updated.GetProperty("role").GetString(), updated.GetProperty("max_budget_in_team").GetDecimal()));
        Assert.Equal("bob", Assert.Single(left.GetProperty("members_with_roles").EnumerateArray()).GetProperty("user_id").GetString());
        Assert.Equal(7.25m, Assert.Single(info.GetProperty("team_memberships").EnumerateArray()).GetProperty("litellm_budget_table").GetProperty("max_budget").GetDecimal());
        Assert.Equal((400, "member"), Short(await host.RefusedAsync("POST", "/team/member_add", """{"team_id":"core","member":{"user_id":"bob"}}""")));
        Assert.Equal((404, "user_id"), Short(await host.RefusedAsync("POST", "/team/member_delete", """{"team_id":"core","user_id":"eve"}""")));
    }

    [Fact]
    public async Task The_keys_of_a_deleted_team_go_with_it()
    {
        await using var host = await AdminHost.StartAsync(DatabaseKind.Sqlite);
        await host.PostAsync("/team/new", """{"team_id":"core"}""");
        var key = await host.KeyAsync(teamId: "core");
        await host.GetAsync("/models", key);

        Assert.Single((await host.GetAsync("/team/info?team_id=core")).GetProperty("keys").EnumerateArray());
        await host.PostAsync("/team/delete", """{"team_ids":["core"]}""");

        Assert.Equal(401, (await host.RefusedAsync("GET", "/models", key: key)).Status);
    }

    [Fact]
    public async Task A_blocked_team_is_refused_at_once()
    {
        await using var host = await AdminHost.StartAsync(DatabaseKind.Sqlite);
        await host.PostAsync("/team/new", """{"team_id":"core"}""");
        var key = await host.KeyAsync(teamId: "core");
        await host.GetAsync("/models", key);

        await host.PostAsync("/team/block", """{"team_id":"core"}""");
        var blocked = await host.RefusedAsync("GET", "/models", key: key);
        await host.PostAsync("/team/unblock", """{"team_id":"core"}""");

        Assert.InRange(blocked.Status, 401, 403);
        await host.GetAsync("/models", key);
    }

    [Fact]
    public async Task Teams_come_in_pages_and_are_found_by_a_part_of_their_name()
    {
        await using var host = await AdminHost.StartAsync(DatabaseKind.Sqlite);
        foreach (var name in (string[])["100% sure", "Alpha", "Beta", "Gamma"]) await host.PostAsync("/team/new", $$"""{"team_alias":"{{name}}"}""");

        var second = await host.GetAsync("/v2/team/list?page=2&page_size=3");
        var found = await host.GetAsync("/v2/team/list?team_alias=%25");

        Assert.Equal((4, 2, 2, "Gamma"), (second.GetProperty("total").GetInt32(), second.GetProperty("page").GetInt32(), second.GetProperty("total_pages").GetInt32(), second.GetProperty("teams")[0].GetProperty("team_alias").GetString()));
        Assert.Equal("100% sure", Assert.Single(found.GetProperty("teams").EnumerateArray()).GetProperty("team_alias").GetString());
        Assert.Equal((400, "page_size"), Short(await host.RefusedAsync("GET", "/v2/team/list?page_size=5000")));
    }

    [Fact]
    public async Task New_teams_get_what_the_configuration_says()
    {
        await using var host = await AdminHost.StartAsync(DatabaseKind.Sqlite, folder => folder.With("config.yaml", """
            litellm_settings:
              default_team_params: { max_budget: 12.5, budget_duration: 1mo, rpm_limit: 30, models: [smart] }
            """));

        var plain = await host.PostAsync("/team/new", """{"team_alias":"plain"}""");
        var own = await host.PostAsync("/team/new", """{"team_alias":"own","max_budget":1,"models":["other"]}""");

        Assert.Equal((12.5m, "1mo", """["smart"]"""), (plain.GetProperty("max_budget").GetDecimal(), plain.GetProperty("budget_duration").GetString(), plain.GetProperty("models").GetRawText()));
        Assert.Equal((1m, """["other"]""", 30), (own.GetProperty("max_budget").GetDecimal(), own.GetProperty("models").GetRawText(), own.GetProperty("rpm_limit").GetInt32()));
    }

    [Fact]
    public async Task What_is_wrong_is_told_at_once_and_what_nobody_reads_is_named()
    {
        await using var host = await AdminHost.StartAsync(DatabaseKind.Sqlite);

        var refused = await host.RefusedAsync("POST", "/team/new", """{"max_budget":"much","budget_duration":"soon","models":"all","blocked":1,"members_with_roles":[{"role":"king","user_id":"a"}]}""");
        using var mistyped = await host.SendAsync("POST", "/team/new", """{"team_alias":"x","max_bugdet":10}""");

        foreach (var member in (string[])["max_budget", "budget_duration", "models", "blocked"]) Assert.Contains($"{member}: ", refused.Message);
        Assert.Equal("max_bugdet", mistyped.Headers.GetValues("x-chatkit-losses").Single());
        Assert.Equal("x", Assert.Single((await host.GetAsync("/team/list")).EnumerateArray()).GetProperty("team_alias").GetString());
    }

    private static (int Status, string? Param) Short(Hosting.ErrorAnswer error) => (error.Status, error.Param);
}
