using System.Text.Json;
using ChatKit.Gateway.Model;
using ChatKit.ServiceDefaults.Database;
using ChatKit.Testing.Upstream;
using Xunit;

namespace ChatKit.Gateway.Tests.Keys;

/// <summary>What else a call gets from its key, its team and its customer: tags, ownership, mocks, regions.</summary>
public sealed class KeyCallTests : KeyedGatewayTest
{
    [Theory]
    [InlineData("""{"tags":["paid"]}""", "paid")]
    [InlineData("""{"metadata":{"tags":["paid"]}}""", "paid")]
    [InlineData("""{"team_id":"core"}""", "paid")]
    [InlineData("{}", "free")]
    public async Task Tags_of_key_and_team_choose_the_deployment(string members, string expected)
    {
        var gateway = await StartAsync(
            DatabaseKind.Sqlite,
            $$"""
              - { model_name: tagged, litellm_params: { model: openai/a, api_key: {{OpenAiDialect.Key}}, api_base: {{Upstream.ApiBase}}, tags: [default] }, model_info: { id: free } }
              - { model_name: tagged, litellm_params: { model: openai/b, api_key: {{OpenAiDialect.Key}}, api_base: {{Upstream.ApiBase}}, tags: [paid] }, model_info: { id: paid } }
            router_settings: { enable_tag_filtering: true }
            """);
        await gateway.PostAsync("/team/new", """{"team_id":"core","tags":["paid"]}""");
        var key = await gateway.KeyAsync(members);

        using var answer = await gateway.SendAsync(HttpMethod.Post, "/v1/chat/completions", key, """{"model":"tagged","messages":[{"role":"user","content":"hi"}]}""");

        Assert.Equal(expected, answer.Headers.GetValues("x-litellm-model-id").Single());
    }

    [SkippableTheory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.PostgreSql)]
    public async Task Kept_responses_belong_to_the_user_else_to_the_key_and_go_on_with_an_exchanged_one(DatabaseKind kind)
    {
        var gateway = await StartAsync(kind, "  - { model_name: kept, litellm_params: { model: openai/x, mock_response: hello } }");
        var (alice, alices, bob, lone) = (await gateway.KeyAsync("""{"user_id":"alice"}"""), await gateway.KeyAsync("""{"user_id":"alice"}"""), await gateway.KeyAsync("""{"user_id":"bob"}"""), await gateway.KeyAsync());
        var ofAlice = (await gateway.PostAsync("/v1/responses", """{"model":"kept","input":"hi"}""", alice)).GetProperty("id").GetString();
        var ofLone = (await gateway.PostAsync("/v1/responses", """{"model":"kept","input":"hi"}""", lone)).GetProperty("id").GetString();

        Assert.Equal(ofAlice, (await gateway.GetAsync($"/v1/responses/{ofAlice}", alices)).GetProperty("id").GetString());
        foreach (var other in new[] { bob, lone, KeyedGateway.MasterKey }) Assert.Equal(404, (await gateway.RefusedAsync(HttpMethod.Get, $"/v1/responses/{ofAlice}", other)).Status);
        var fresh = (await gateway.PostAsync("/key/regenerate", $$"""{"key":"{{lone}}"}""")).GetProperty("key").GetString()!;
        Assert.Equal(ofLone, (await gateway.GetAsync($"/v1/responses/{ofLone}", fresh)).GetProperty("id").GetString());
    }

    [Theory]
    [InlineData("""{"metadata":{"allow_client_mock_response":true}}""", "mocked")]
    [InlineData("""{"metadata":{"allow_client_mock_response":"yes"}}""", "Hello from the fake upstream.")]
    [InlineData("{}", "Hello from the fake upstream.")]
    [InlineData(null, "mocked")]
    public async Task A_client_orders_a_mock_only_where_its_key_may(string? members, string expected)
    {
        var gateway = await StartAsync(DatabaseKind.Sqlite);
        var key = members is null ? KeyedGateway.MasterKey : await gateway.KeyAsync(members);

        var answer = await gateway.PostAsync("/v1/chat/completions", """{"model":"fast","messages":[{"role":"user","content":"hi"}],"mock_response":"mocked"}""", key);

        Assert.Equal(expected, answer.GetProperty("choices")[0].GetProperty("message").GetProperty("content").GetString());
    }

    [Fact]
    public async Task A_customers_calls_stay_in_their_region_or_go_to_their_default_model()
    {
        var gateway = await StartAsync(
            DatabaseKind.Sqlite,
            $$"""
              - { model_name: spread, litellm_params: { model: openai/a, api_key: {{OpenAiDialect.Key}}, api_base: {{Upstream.ApiBase}}, region_name: us }, model_info: { id: in-us } }
              - { model_name: spread, litellm_params: { model: openai/b, api_key: {{OpenAiDialect.Key}}, api_base: {{Upstream.ApiBase}}, region_name: eu }, model_info: { id: in-eu } }
            """);
        await gateway.PostAsync("/customer/new", """{"user_id":"european","allowed_model_region":"eu","default_model":"spread"}""");
        var key = await gateway.KeyAsync("""{"models":["spread","fast"]}""");

        for (var call = 0; call < 8; call++) Assert.Equal("in-eu", await DeploymentAsync("spread"));
        Assert.Equal("in-eu", await DeploymentAsync("fast"));

        async Task<string> DeploymentAsync(string model)
        {
            using var answer = await gateway.SendAsync(HttpMethod.Post, "/v1/chat/completions", key, $$"""{"model":"{{model}}","user":"european","messages":[{"role":"user","content":"hi"}]}""");
            return answer.IsSuccessStatusCode ? answer.Headers.GetValues("x-litellm-model-id").Single() : await answer.Content.ReadAsStringAsync();
        }
    }

    [Fact]
    public async Task Nobody_calls_for_a_customer_who_is_blocked()
    {
        var gateway = await StartAsync(DatabaseKind.Sqlite);
        await gateway.PostAsync("/customer/new", """{"user_id":"c1"}""");
        var key = await gateway.KeyAsync();
        Assert.Equal("200", await gateway.ChatAsync(key, more: ",\"user\":\"c1\""));

        await gateway.PostAsync("/customer/block", """{"user_ids":["c1"]}""");

        Assert.Equal("401 auth_error", await gateway.ChatAsync(key, more: ",\"user\":\"c1\""));
        Assert.Equal("200", await gateway.ChatAsync(key, more: ",\"user\":\"c2\""));
    }

    [SkippableTheory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.PostgreSql)]
    public async Task Blocked_users_and_teams_block_their_keys_at_once(DatabaseKind kind)
    {
        var database = await DatabaseAsync(kind);
        var gateway = await StartAsync(database.Url);
        await gateway.PostAsync("/team/new", """{"team_id":"core","models":["fast"]}""");
        await using (var rows = database.OpenGateway())
        {
            rows.Users.Add(new() { Id = "alice", Role = "internal_user", CreatedAt = DateTime.UnixEpoch, UpdatedAt = DateTime.UnixEpoch });
            await rows.SaveChangesAsync();
        }

        var (ofTeam, ofUser) = (await gateway.KeyAsync("""{"team_id":"core"}"""), await gateway.KeyAsync("""{"user_id":"alice"}"""));
        Assert.Equal(["200", "200", "403 team_model_access_denied"], [await gateway.ChatAsync(ofTeam), await gateway.ChatAsync(ofUser), await gateway.ChatAsync(ofTeam, "smart")]);

        await gateway.PostAsync("/team/block", """{"team_id":"core"}""");
        Assert.Equal(["401 auth_error", "200"], [await gateway.ChatAsync(ofTeam), await gateway.ChatAsync(ofUser)]);
        await gateway.PostAsync("/user/update", """{"user_id":"alice","models":["smart"]}""");
        Assert.Equal("403 user_model_access_denied", await gateway.ChatAsync(ofUser));
    }

    [SkippableTheory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.PostgreSql)]
    public async Task Many_keys_at_once_are_each_who_they_are(DatabaseKind kind)
    {
        // At the size of CI what bench/scale does with a million.
        var database = await DatabaseAsync(kind);
        var gateway = await StartAsync(database.Url, "general_settings: { user_api_key_cache_size: 300 }");
        var now = new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        await using (var rows = database.OpenGateway())
        {
            for (var i = 0; i < 3000; i++)
                rows.Keys.Add(new() { Token = KeyHash.Of($"sk-many-{i:00000}").ToString(), Name = $"sk-...{i % 10000:0000}", UserId = $"u{i}", Models = [i % 2 == 0 ? "fast" : "smart"], CreatedAt = now, UpdatedAt = now });
            await rows.SaveChangesAsync();
        }

        await Parallel.ForAsync(0, 1500, new ParallelOptions { MaxDegreeOfParallelism = 32 }, async (i, aborted) =>
        {
            var number = i * 7919 % 3000;
            using var answer = await gateway.SendAsync(HttpMethod.Get, "/v1/models", $"sk-many-{number:00000}");
            var models = JsonElement.Parse(await answer.Content.ReadAsStringAsync(aborted)).GetProperty("data").EnumerateArray().Select(static model => model.GetProperty("id").GetString());
            Assert.Equal([number % 2 == 0 ? "fast" : "smart"], models);
            using var unknown = await gateway.SendAsync(HttpMethod.Get, "/v1/models", $"sk-nobody-{i:00000}");
            Assert.Equal(401, (int)unknown.StatusCode);
        });
    }
}
