using ChatKit.Gateway.Model;
using ChatKit.ServiceDefaults.Database;
using Xunit;

namespace ChatKit.Gateway.Tests.Keys;

/// <summary>Who may do what with whose key: proxy admins all, users their own, a team's admins the team's, viewers look. Nobody makes themselves more than they are.</summary>
public sealed class KeyRightsTests : KeyedGatewayTest
{
    private KeyedGateway _gateway = null!;

    private async Task StartAsync(string settings = "")
    {
        var database = await DatabaseAsync(DatabaseKind.Sqlite);
        _gateway = await StartAsync(database.Url, settings);
        await using var rows = database.OpenGateway();
        var now = DateTime.UnixEpoch;
        foreach (var (id, role) in new[] { ("root", "proxy_admin"), ("auditor", "proxy_admin_viewer"), ("alice", "internal_user"), ("bob", "internal_user"), ("vera", "internal_user_viewer"), ("lead", "internal_user") })
            rows.Users.Add(new() { Id = id, Role = role, CreatedAt = now, UpdatedAt = now });
        rows.Teams.Add(new() { Id = "core", CreatedAt = now, UpdatedAt = now });
        foreach (var (user, role) in new[] { ("lead", "admin"), ("alice", "user"), ("root", "user") })
            rows.TeamMembers.Add(new() { TeamId = "core", UserId = user, Role = role, CreatedAt = now, UpdatedAt = now });
        await rows.SaveChangesAsync();
    }

    [Fact]
    public async Task A_user_manages_their_own_keys_and_nobody_elses()
    {
        await StartAsync();
        var (alice, bob) = (await KeyOfAsync("alice"), await KeyOfAsync("bob"));

        var own = await _gateway.PostAsync("/key/generate", """{"models":["fast"]}""", alice);
        Assert.Equal(("alice", "alice"), (own.GetProperty("user_id").GetString(), own.GetProperty("created_by").GetString()));
        await _gateway.PostAsync("/key/update", $$"""{"key":"{{own.GetProperty("token").GetString()}}","key_alias":"mine"}""", alice);
        Assert.Equal(403, await RefusedAsync("/key/generate", """{"user_id":"bob"}""", alice));
        Assert.Equal(403, await RefusedAsync("/key/generate", """{"team_id":"core"}""", alice));
        foreach (var (path, body) in Changes(bob)) Assert.Equal((path, 403), (path, await RefusedAsync(path, body, alice)));
        Assert.Equal(403, await RefusedAsync("/key/update", $$"""{"key":"{{alice}}","user_id":"root"}""", alice));
        Assert.Equal(403, (await _gateway.RefusedAsync(HttpMethod.Get, $"/key/info?key={bob}", alice)).Status);
        Assert.Equal(403, (await _gateway.RefusedAsync(HttpMethod.Get, "/key/list?user_id=bob", alice)).Status);
        Assert.Equal(2, (await _gateway.GetAsync("/key/list", alice)).GetProperty("total_count").GetInt32());
    }

    [Fact]
    public async Task A_teams_admin_manages_its_keys_but_never_one_of_a_proxy_admin()
    {
        await StartAsync();
        var lead = await KeyOfAsync("lead");
        var ofTeam = await _gateway.PostAsync("/key/generate", """{"team_id":"core","key_alias":"service"}""", lead);
        Assert.Equal(System.Text.Json.JsonValueKind.Null, ofTeam.GetProperty("user_id").ValueKind);
        var ofAlice = await _gateway.PostAsync("/key/generate", """{"team_id":"core","user_id":"alice"}""", lead);
        await _gateway.PostAsync("/key/block", $$"""{"key":"{{ofAlice.GetProperty("key").GetString()}}"}""", lead);
        Assert.Equal(3, (await _gateway.GetAsync("/key/list?include_team_keys=true", lead)).GetProperty("total_count").GetInt32());
        Assert.Equal(2, (await _gateway.GetAsync("/key/list?team_id=core", lead)).GetProperty("total_count").GetInt32());

        var ofRoot = await _gateway.KeyAsync("""{"team_id":"core","user_id":"root"}""");
        Assert.Equal(403, await RefusedAsync("/key/generate", """{"team_id":"core","user_id":"root"}""", lead));
        Assert.Equal(403, await RefusedAsync("/key/generate", """{"team_id":"core","user_id":"bob"}""", lead));
        Assert.Equal(403, await RefusedAsync("/key/update", $$"""{"key":"{{ofAlice.GetProperty("key").GetString()}}","user_id":"root"}""", lead));
        foreach (var (path, body) in Changes(ofRoot)) Assert.Equal((path, 403), (path, await RefusedAsync(path, body, lead)));
        Assert.Equal(403, await RefusedAsync("/key/regenerate", $$"""{"key":"{{ofAlice.GetProperty("key").GetString()}}","user_id":"root"}""", lead));
    }

    [Fact]
    public async Task A_user_blocks_their_own_key_and_only_an_admin_unblocks_it()
    {
        await StartAsync();
        var (alice, second) = (await KeyOfAsync("alice"), await KeyOfAsync("alice"));
        await _gateway.PostAsync("/key/block", $$"""{"key":"{{second}}"}""", alice);

        Assert.Equal(403, await RefusedAsync("/key/unblock", $$"""{"key":"{{second}}"}""", alice));
        Assert.Equal(403, await RefusedAsync("/key/update", $$"""{"key":"{{second}}","blocked":false}""", alice));
        Assert.Equal(403, await RefusedAsync("/key/regenerate", $$"""{"key":"{{second}}","blocked":null}""", alice));
        var exchanged = (await _gateway.PostAsync("/key/regenerate", $$"""{"key":"{{second}}"}""", alice)).GetProperty("key").GetString()!;
        Assert.Equal("401 auth_error", await _gateway.ChatAsync(exchanged));
        await _gateway.PostAsync("/key/unblock", $$"""{"key":"{{exchanged}}"}""");
        Assert.Equal("200", await _gateway.ChatAsync(exchanged));
    }

    [Fact]
    public async Task The_configuration_says_who_makes_keys_and_what_they_must_say()
    {
        await StartAsync(
            """
            litellm_settings:
              key_generation_settings:
                team_key_generation: { allowed_team_member_roles: [admin, user], required_params: [tags] }
                personal_key_generation: { allowed_user_roles: [proxy_admin], required_params: [key_alias] }
            """);
        var alice = (await _gateway.PostAsync("/key/generate", """{"user_id":"alice","key_alias":"a"}""")).GetProperty("key").GetString()!;

        Assert.Equal(403, await RefusedAsync("/key/generate", """{"key_alias":"b"}""", alice));
        var missing = await _gateway.RefusedAsync(HttpMethod.Post, "/key/generate", KeyedGateway.MasterKey, "{}");
        Assert.Equal((400, "key_alias"), (missing.Status, missing.Param));
        Assert.Equal("alice", (await _gateway.PostAsync("/key/generate", """{"team_id":"core","user_id":"alice","tags":["x"]}""", alice)).GetProperty("user_id").GetString());
        Assert.Equal(400, await RefusedAsync("/key/generate", """{"team_id":"core","user_id":"alice"}""", alice));
        Assert.Equal(403, await RefusedAsync("/key/generate", """{"team_id":"core","user_id":"lead","tags":["x"]}""", alice));
        Assert.Equal(403, await RefusedAsync("/key/generate", """{"team_id":"core","tags":["x"]}""", alice));
    }

    [Fact]
    public async Task Viewers_look_and_change_nothing()
    {
        await StartAsync();
        var (auditor, vera, alice) = (await KeyOfAsync("auditor"), await KeyOfAsync("vera"), await KeyOfAsync("alice"));

        Assert.Equal(3, (await _gateway.GetAsync("/key/list", auditor)).GetProperty("total_count").GetInt32());
        Assert.Equal("alice", (await _gateway.GetAsync($"/key/info?key={alice}", auditor)).GetProperty("info").GetProperty("user_id").GetString());
        Assert.Equal("vera", (await _gateway.GetAsync("/key/info", vera)).GetProperty("info").GetProperty("user_id").GetString());
        foreach (var viewer in new[] { auditor, vera })
        {
            Assert.Equal(403, await RefusedAsync("/key/generate", "{}", viewer));
            foreach (var (path, body) in Changes(viewer)) Assert.Equal((path, 403), (path, await RefusedAsync(path, body, viewer)));
        }
    }

    [Fact]
    public async Task A_key_without_a_user_sees_itself_and_manages_nothing()
    {
        await StartAsync();
        var (service, alice) = (await _gateway.KeyAsync(), await KeyOfAsync("alice"));

        Assert.Equal(KeyHash.Of(service).ToString(), (await _gateway.GetAsync("/key/list", service)).GetProperty("keys")[0].GetString());
        Assert.Equal(1, (await _gateway.GetAsync("/key/list", service)).GetProperty("total_count").GetInt32());
        Assert.Equal(403, (await _gateway.RefusedAsync(HttpMethod.Get, $"/key/info?key={alice}", service)).Status);
        Assert.Equal(403, await RefusedAsync("/key/generate", "{}", service));
        foreach (var (path, body) in Changes(service)) Assert.Equal((path, 403), (path, await RefusedAsync(path, body, service)));
    }

    [Fact]
    public async Task A_proxy_admins_virtual_key_is_as_good_as_the_master_key()
    {
        await StartAsync();
        var root = await KeyOfAsync("root");
        Assert.Equal("bob", (await _gateway.PostAsync("/key/generate", """{"user_id":"bob"}""", root)).GetProperty("user_id").GetString());
    }

    private static IEnumerable<(string Path, string Body)> Changes(string key) =>
    [
        ("/key/update", $$"""{"key":"{{key}}","max_budget":1000}"""),
        ("/key/block", $$"""{"key":"{{key}}"}"""),
        ("/key/unblock", $$"""{"key":"{{key}}"}"""),
        ("/key/delete", $$"""{"keys":["{{key}}"]}"""),
        ("/key/regenerate", $$"""{"key":"{{key}}"}"""),
        ($"/key/{key}/regenerate", "{}"),
    ];

    private Task<string> KeyOfAsync(string user) => _gateway.KeyAsync($$"""{"user_id":"{{user}}"}""");

    private async Task<int> RefusedAsync(string path, string body, string key) => (await _gateway.RefusedAsync(HttpMethod.Post, path, key, body)).Status;
}
