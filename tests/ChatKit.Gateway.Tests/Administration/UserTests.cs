using System.Text.Json;
using ChatKit.ServiceDefaults.Database;
using Xunit;

namespace ChatKit.Gateway.Tests.Administration;

/// <summary>Users over the routes, on either database.</summary>
public sealed class UserTests
{
    [SkippableTheory]
    [MemberData(nameof(DatabaseKinds.Both), MemberType = typeof(DatabaseKinds))]
    public async Task A_user_is_made_changed_found_and_deleted_with_keys_and_places(DatabaseKind kind)
    {
        await using var host = await AdminHost.StartAsync(kind);
        await host.PostAsync("/team/new", """{"team_id":"core"}""");

        var made = await host.PostAsync("/user/new", """{"user_id":"ada","user_email":"Ada@example.com","max_budget":20,"teams":["core"],"metadata":{"a":1},"auto_create_key":false}""");
        await host.PostAsync("/user/update", """{"user_email":"Ada@example.com","user_alias":"Ada","rpm_limit":5}""");
        var key = await host.KeyAsync("ada");
        var info = await host.GetAsync("/user/info?user_id=ada");
        var own = await host.GetAsync("/user/info", key);
        var deleted = await host.PostAsync("/user/delete", """{"user_ids":["ada"]}""");

        Assert.Equal(("internal_user", 20m, """["core"]"""), (made.GetProperty("user_role").GetString(), made.GetProperty("max_budget").GetDecimal(), made.GetProperty("teams").GetRawText()));
        var user = info.GetProperty("user_info");
        Assert.Equal(("Ada", 5, 20m), (user.GetProperty("user_alias").GetString(), user.GetProperty("rpm_limit").GetInt32(), user.GetProperty("max_budget").GetDecimal()));
        Assert.Equal("core", Assert.Single(info.GetProperty("teams").EnumerateArray()).GetProperty("team_id").GetString());
        Assert.Single(info.GetProperty("keys").EnumerateArray());
        Assert.Equal("ada", own.GetProperty("user_id").GetString());
        Assert.Equal(1, deleted.GetInt32());
        Assert.Equal(401, (await host.RefusedAsync("GET", "/user/info", key: key)).Status);
        Assert.Equal(404, (await host.RefusedAsync("GET", "/user/info?user_id=ada")).Status);
        Assert.Empty((await host.GetAsync("/team/info?team_id=core")).GetProperty("team_info").GetProperty("members_with_roles").EnumerateArray());
    }

    [SkippableTheory]
    [MemberData(nameof(DatabaseKinds.Both), MemberType = typeof(DatabaseKinds))]
    public async Task Users_are_searched_sorted_and_paged(DatabaseKind kind)
    {
        await using var host = await AdminHost.StartAsync(kind);
        foreach (var name in (string[])["carl", "ann", "bea_x", "beaux"])
            await host.PostAsync("/user/new", $$"""{"user_id":"{{name}}","user_email":"{{name}}@Example.com","auto_create_key":false}""");
        await host.KeyAsync("ann");

        var byId = await host.GetAsync("/user/list?sort_by=user_id&page_size=2&page=2");
        var byEmail = await host.GetAsync("/user/list?user_email=ANN%40example");
        var literal = await host.GetAsync("/user/list?user_ids=a_x");
        var several = await host.GetAsync("/user/list?user_ids=ann,carl&sort_by=user_id&sort_order=desc");

        Assert.Equal((4, 2, "beaux", "carl"), (byId.GetProperty("total").GetInt32(), byId.GetProperty("total_pages").GetInt32(), Id(byId, 0), Id(byId, 1)));
        Assert.Equal(("ann", 1), (Id(byEmail, 0), byEmail.GetProperty("users")[0].GetProperty("key_count").GetInt32()));
        Assert.Equal(("bea_x", 1), (Id(literal, 0), literal.GetProperty("total").GetInt32()));
        Assert.Equal(("carl", "ann"), (Id(several, 0), Id(several, 1)));
        Assert.Equal("sort_by", (await host.RefusedAsync("GET", "/user/list?sort_by=password")).Param);
    }

    [SkippableTheory]
    [MemberData(nameof(DatabaseKinds.Both), MemberType = typeof(DatabaseKinds))]
    public async Task A_new_user_gets_a_key_along_or_neither_is_made(DatabaseKind kind)
    {
        await using var host = await AdminHost.StartAsync(kind);

        var made = await host.PostAsync("/user/new", """{"user_id":"ada","key_alias":"ada-laptop","duration":"30d"}""");
        var key = made.GetProperty("key").GetString()!;
        var own = await host.GetAsync("/user/info", key);
        var refused = await host.RefusedAsync("POST", "/user/new", """{"user_id":"bob","key_alias":"ada-laptop"}""");

        Assert.StartsWith("sk-", key);
        Assert.Equal(("ada", "ada-laptop"), (own.GetProperty("user_id").GetString(), Assert.Single(own.GetProperty("keys").EnumerateArray()).GetProperty("key_alias").GetString()));
        Assert.NotEqual(JsonValueKind.Null, made.GetProperty("expires").ValueKind);
        Assert.Equal(409, refused.Status);
        Assert.Equal(404, (await host.RefusedAsync("GET", "/user/info?user_id=bob")).Status);
    }

    [Fact]
    public async Task An_id_and_an_address_are_one_persons()
    {
        await using var host = await AdminHost.StartAsync(DatabaseKind.Sqlite);
        await host.PostAsync("/user/new", """{"user_id":"ada","user_email":"ada@example.com","auto_create_key":false}""");

        Assert.Equal((409, "user_id"), Short(await host.RefusedAsync("POST", "/user/new", """{"user_id":"ada","auto_create_key":false}""")));
        Assert.Equal((409, "user_email"), Short(await host.RefusedAsync("POST", "/user/new", """{"user_email":"ADA@example.com","auto_create_key":false}""")));
        Assert.Equal((404, "team_id"), Short(await host.RefusedAsync("POST", "/user/new", """{"user_id":"bob","teams":["nowhere"],"auto_create_key":false}""")));
        Assert.Equal(404, (await host.RefusedAsync("GET", "/user/info?user_id=bob")).Status);
    }

    [Fact]
    public async Task New_users_get_what_the_configuration_says()
    {
        await using var host = await AdminHost.StartAsync(DatabaseKind.Sqlite, folder => folder.With("config.yaml", """
            litellm_settings:
              default_internal_user_params: { user_role: internal_user_viewer, rpm_limit: 3, models: [smart], max_budget: 2 }
              max_internal_user_budget: 7
              internal_user_budget_duration: 1d
            """));

        var plain = await host.PostAsync("/user/new", """{"user_id":"plain","auto_create_key":false}""");
        var internalUser = await host.PostAsync("/user/new", """{"user_id":"worker","user_role":"internal_user","auto_create_key":false}""");
        var admin = await host.PostAsync("/user/new", """{"user_id":"root","user_role":"proxy_admin","auto_create_key":false}""");

        Assert.Equal(("internal_user_viewer", 2m, 3), (plain.GetProperty("user_role").GetString(), plain.GetProperty("max_budget").GetDecimal(), plain.GetProperty("rpm_limit").GetInt32()));
        Assert.Equal((7m, "1d"), (internalUser.GetProperty("max_budget").GetDecimal(), internalUser.GetProperty("budget_duration").GetString()));
        Assert.Equal((JsonValueKind.Null, "[]"), (admin.GetProperty("max_budget").ValueKind, admin.GetProperty("models").GetRawText()));
    }

    private static (int Status, string? Param) Short(Hosting.ErrorAnswer error) => (error.Status, error.Param);

    private static string? Id(JsonElement page, int index) => page.GetProperty("users")[index].GetProperty("user_id").GetString();
}
