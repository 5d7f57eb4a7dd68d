using ChatKit.Gateway.Endpoints.Administration;
using ChatKit.ServiceDefaults.Database;
using Xunit;

namespace ChatKit.Gateway.Tests.Administration;

/// <summary>Who may do what: the roles of LiteLLM, and the admins of a team.</summary>
public sealed class RoleTests : IAsyncLifetime
{
    private AdminHost _host = null!;

    public async Task InitializeAsync() => _host = await AdminHost.StartAsync(DatabaseKind.Sqlite);

    public Task DisposeAsync() => _host.DisposeAsync().AsTask();

    [Fact]
    public async Task A_viewer_sees_everything_and_changes_nothing()
    {
        await _host.PostAsync("/team/new", """{"team_id":"core"}""");
        var viewer = await _host.UserKeyAsync("vera", "proxy_admin_viewer");

        Assert.Single((await _host.GetAsync("/team/list", viewer)).EnumerateArray());
        await _host.GetAsync("/user/list", viewer);
        await _host.GetAsync("/audit", viewer);
        foreach (var (path, body) in Changes())
            Assert.Equal(403, (await _host.RefusedAsync("POST", path, body, viewer)).Status);
        Assert.False((await _host.GetAsync("/team/info?team_id=core")).GetProperty("team_info").GetProperty("blocked").GetBoolean());
    }

    [Theory]
    [InlineData("internal_user")]
    [InlineData("internal_user_viewer")]
    public async Task Others_see_what_is_theirs_and_nothing_else(string role)
    {
        await _host.PostAsync("/team/new", """{"team_id":"theirs"}""");
        await _host.PostAsync("/team/new", """{"team_id":"foreign"}""");
        var key = await _host.UserKeyAsync("ida", role);
        await _host.PostAsync("/team/member_add", """{"team_id":"theirs","member":{"role":"user","user_id":"ida"}}""");

        Assert.Equal("theirs", Assert.Single((await _host.GetAsync("/team/list", key)).EnumerateArray()).GetProperty("team_id").GetString());
        Assert.Equal("ida", (await _host.GetAsync("/user/info", key)).GetProperty("user_id").GetString());
        await _host.GetAsync("/team/info?team_id=theirs", key);
        foreach (var path in (string[])["/team/info?team_id=foreign", "/team/list?user_id=other", "/user/info?user_id=other", "/user/list", "/customer/list", "/budget/list", "/tag/list", "/audit"])
            Assert.Equal((403, path), ((await _host.RefusedAsync("GET", path, key: key)).Status, path));
        foreach (var (path, body) in Changes())
            Assert.Equal((403, path), ((await _host.RefusedAsync("POST", path, body, key)).Status, path));
    }

    [Fact]
    public async Task A_team_admin_manages_people_and_names_and_no_money()
    {
        await _host.PostAsync("/team/new", """{"team_id":"core","max_budget":10}""");
        var admin = await _host.UserKeyAsync("tom", "internal_user");
        await _host.PostAsync("/team/member_add", """{"team_id":"core","member":{"role":"admin","user_id":"tom"}}""");

        await _host.PostAsync("/team/member_add", """{"team_id":"core","member":{"role":"user","user_id":"new"}}""", admin);
        await _host.PostAsync("/team/member_delete", """{"team_id":"core","user_id":"new"}""", admin);
        await _host.PostAsync("/team/update", """{"team_id":"core","team_alias":"Tom's"}""", admin);
        foreach (var member in (string[])["\"max_budget\":1000", "\"models\":[]", "\"blocked\":false", "\"rpm_limit\":null", "\"tags\":[]"])
            Assert.Equal((403, member), ((await _host.RefusedAsync("POST", "/team/update", $$"""{"team_id":"core",{{member}}}""", admin)).Status, member));
        Assert.Equal(403, (await _host.RefusedAsync("POST", "/team/delete", """{"team_ids":["core"]}""", admin)).Status);
        var team = (await _host.GetAsync("/team/info?team_id=core")).GetProperty("team_info");
        Assert.Equal(("Tom's", 10m), (team.GetProperty("team_alias").GetString(), team.GetProperty("max_budget").GetDecimal()));
    }

    [Fact]
    public async Task Nobody_makes_themselves_an_administrator_or_rich()
    {
        var key = await _host.UserKeyAsync("ida", "internal_user");

        await _host.PostAsync("/user/update", """{"user_id":"ida","user_alias":"Ida"}""", key);
        foreach (var member in (string[])["\"user_role\":\"proxy_admin\"", "\"max_budget\":1000000", "\"models\":[]", "\"metadata\":{}", "\"blocked\":false"])
            Assert.Equal((403, member), ((await _host.RefusedAsync("POST", "/user/update", $$"""{"user_id":"ida",{{member}}}""", key)).Status, member));
        var user = (await _host.GetAsync("/user/info?user_id=ida")).GetProperty("user_info");
        Assert.Equal(("internal_user", "Ida"), (user.GetProperty("user_role").GetString(), user.GetProperty("user_alias").GetString()));
    }

    [Fact]
    public async Task Who_is_demoted_loses_the_right_with_the_next_call()
    {
        var key = await _host.UserKeyAsync("root", "proxy_admin");
        await _host.PostAsync("/team/new", """{"team_alias":"mine"}""", key);

        await _host.PostAsync("/user/update", """{"user_id":"root","user_role":"internal_user"}""");

        Assert.Equal(403, (await _host.RefusedAsync("POST", "/team/new", """{"team_alias":"another"}""", key)).Status);
    }

    /// <summary>All routes, found in the route table, against what each of them declares; not one is reached past its declaration.</summary>
    [Theory]
    [InlineData("proxy_admin_viewer")]
    [InlineData("internal_user")]
    [InlineData("internal_user_viewer")]
    public async Task Every_route_refuses_whom_it_declares_to_refuse(string role)
    {
        var key = await _host.UserKeyAsync("somebody", role);
        var wrong = new List<string>();
        foreach (var (method, path, access) in AdminRouteList.WithAccess(_host.Gateway))
        {
            var mayEnter = access == RouteAccess.Own || (access == RouteAccess.View && role is "proxy_admin_viewer") || (access == RouteAccess.ChangeOwn && role is "internal_user");
            using var response = await _host.SendAsync(method, path, method is "GET" ? null : "{}", key);
            var isRefused = (await response.Content.ReadAsStringAsync()).Contains("Your role=", StringComparison.Ordinal);
            if (isRefused == mayEnter || (isRefused && response.StatusCode is not System.Net.HttpStatusCode.Forbidden)) wrong.Add($"{method} {path} ({access}): {(int)response.StatusCode}");
        }

        Assert.Empty(wrong);
    }

    private static IEnumerable<(string Path, string Body)> Changes() =>
    [
        ("/team/new", """{"team_alias":"x"}"""), ("/team/block", """{"team_id":"core"}"""), ("/team/delete", """{"team_ids":["core"]}"""),
        ("/team/member_add", """{"team_id":"foreign","member":{"user_id":"ida"}}"""), ("/team/update", """{"team_id":"foreign","team_alias":"y"}"""),
        ("/user/new", "{}"), ("/user/delete", """{"user_ids":["vera"]}"""), ("/user/update", """{"user_id":"other","user_alias":"x"}"""),
        ("/customer/new", """{"user_id":"c"}"""), ("/end_user/block", """{"user_ids":["c"]}"""), ("/budget/new", "{}"), ("/tag/new", """{"name":"t"}"""),
        ("/model/new", """{"model_name":"m","litellm_params":{"model":"openai/x"}}"""), ("/model/delete", """{"id":"m"}"""),
    ];
}
