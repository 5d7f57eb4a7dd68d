using System.Text.Json;
using ChatKit.Gateway.Tests.Hosting;
using ChatKit.ServiceDefaults.Database;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace ChatKit.Gateway.Tests.Keys;

/// <summary>What a virtual key may do, from its making to its end, on both databases.</summary>
public sealed class VirtualKeyTests : KeyedGatewayTest
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [SkippableTheory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.PostgreSql)]
    public async Task A_key_calls_what_is_on_its_list_and_is_told_why_not(DatabaseKind kind)
    {
        var gateway = await StartAsync(kind);
        var any = await gateway.KeyAsync();
        var fast = await gateway.KeyAsync("""{"models":["cheap","openai/gpt-4*"],"aliases":{"gpt":"fast"}}""");

        Assert.Equal(["200", "200", "200"], [await gateway.ChatAsync(any), await gateway.ChatAsync(any, "smart"), await gateway.ChatAsync(any, "openai/gpt-5")]);
        Assert.Equal(["200", "200", "200", "200"], [await gateway.ChatAsync(fast), await gateway.ChatAsync(fast, "fast-1"), await gateway.ChatAsync(fast, "gpt"), await gateway.ChatAsync(fast, "openai/gpt-4o")]);
        Assert.Equal("403 key_model_access_denied", await gateway.ChatAsync(fast, "smart"));
        Assert.Equal("403 key_model_access_denied", await gateway.ChatAsync(fast, "openai/gpt-5"));

        var denied = await gateway.RefusedAsync(HttpMethod.Post, "/v1/chat/completions", fast, """{"model":"smart","messages":[{"role":"user","content":"hi"}]}""");
        Assert.Equal("key not allowed to access model. This key can only access models=['cheap', 'openai/gpt-4*']. Tried to access smart", denied.Message);
        Assert.Equal(("model", "403"), (denied.Param, denied.Code));
        Assert.Equal("401 token_not_found_in_db", await gateway.ChatAsync("sk-nobody-has-this-one"));
        Assert.Equal("401 auth_error", await gateway.ChatAsync("not-a-key"));
    }

    [SkippableTheory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.PostgreSql)]
    public async Task Refusals_speak_the_clients_dialect(DatabaseKind kind)
    {
        var gateway = await StartAsync(kind);
        var key = await gateway.KeyAsync("""{"models":["fast"]}""");

        using var messages = await gateway.SendAsync(HttpMethod.Post, "/v1/messages", key, """{"model":"smart","max_tokens":5,"messages":[{"role":"user","content":"hi"}]}""");
        using var gemini = await gateway.SendAsync(HttpMethod.Post, "/v1beta/models/smart:generateContent", key, """{"contents":[{"parts":[{"text":"hi"}]}]}""");

        var anthropic = JsonElement.Parse(await messages.Content.ReadAsStringAsync());
        Assert.Equal((403, "error", "permission_error"), ((int)messages.StatusCode, anthropic.GetProperty("type").GetString(), anthropic.GetProperty("error").GetProperty("type").GetString()));
        var google = JsonElement.Parse(await gemini.Content.ReadAsStringAsync()).GetProperty("error");
        Assert.Equal((403, 403, "PERMISSION_DENIED"), ((int)gemini.StatusCode, google.GetProperty("code").GetInt32(), google.GetProperty("status").GetString()));
    }

    [SkippableTheory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.PostgreSql)]
    public async Task Lists_of_models_show_what_the_key_may_call(DatabaseKind kind)
    {
        var gateway = await StartAsync(kind);
        var key = await gateway.KeyAsync("""{"models":["fast"]}""");

        Assert.Equal(["fast"], (await gateway.GetAsync("/v1/models", key)).GetProperty("data").EnumerateArray().Select(static model => model.GetProperty("id").GetString()));
        Assert.Equal(["fast"], (await gateway.GetAsync("/model/info", key)).GetProperty("data").EnumerateArray().Select(static model => model.GetProperty("model_name").GetString()));
        Assert.Equal(["fast"], (await gateway.GetAsync("/model_group/info", key)).GetProperty("data").EnumerateArray().Select(static model => model.GetProperty("model_group").GetString()));
        Assert.Equal(404, (await gateway.RefusedAsync(HttpMethod.Get, "/v1/models/smart", key)).Status);
        Assert.True((await gateway.GetAsync("/v1/models")).GetProperty("data").GetArrayLength() > 2);
    }

    [SkippableTheory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.PostgreSql)]
    public async Task A_key_that_is_blocked_expired_or_deleted_is_so_with_the_next_call(DatabaseKind kind)
    {
        var time = new FakeTimeProvider(Start);
        var gateway = await StartAsync(kind, time: time);
        var key = await gateway.KeyAsync("""{"key_alias":"mine"}""");
        var soonOver = await gateway.KeyAsync("""{"duration":"30s"}""");
        Assert.Equal(["200", "200"], [await gateway.ChatAsync(key), await gateway.ChatAsync(soonOver)]);

        await gateway.PostAsync("/key/block", $$"""{"key":"{{key}}"}""");
        Assert.Equal("401 auth_error", await gateway.ChatAsync(key));
        await gateway.PostAsync("/key/unblock", $$"""{"key":"{{key}}"}""");
        Assert.Equal("200", await gateway.ChatAsync(key));
        await gateway.PostAsync("/key/update", $$"""{"key":"{{key}}","models":["smart"]}""");
        Assert.Equal("403 key_model_access_denied", await gateway.ChatAsync(key));
        await gateway.PostAsync("/key/delete", """{"key_aliases":["mine"]}""");
        Assert.Equal("401 token_not_found_in_db", await gateway.ChatAsync(key));

        time.Advance(TimeSpan.FromSeconds(31));
        Assert.Equal("401 expired_key", await gateway.ChatAsync(soonOver));
    }

    [SkippableTheory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.PostgreSql)]
    public async Task An_exchanged_key_has_the_place_of_the_old_one_which_is_good_for_as_long_as_was_said(DatabaseKind kind)
    {
        var time = new FakeTimeProvider(Start);
        var gateway = await StartAsync(kind, time: time);
        var old = await gateway.KeyAsync("""{"key_alias":"mine","models":["fast"],"max_budget":5}""");
        Assert.Equal("200", await gateway.ChatAsync(old));

        var answer = await gateway.PostAsync($"/key/{old}/regenerate", """{"grace_period":"1h"}""");
        var fresh = answer.GetProperty("key").GetString()!;

        Assert.Equal(("mine", 5m), (answer.GetProperty("key_alias").GetString(), answer.GetProperty("max_budget").GetDecimal()));
        Assert.Equal(["200", "200"], [await gateway.ChatAsync(old), await gateway.ChatAsync(fresh)]);
        Assert.Equal("403 key_model_access_denied", await gateway.ChatAsync(old, "smart"));
        Assert.Equal(1, (await gateway.GetAsync("/key/list")).GetProperty("total_count").GetInt32());
        time.Advance(TimeSpan.FromHours(1));
        Assert.Equal(["401 token_not_found_in_db", "200"], [await gateway.ChatAsync(old), await gateway.ChatAsync(fresh)]);

        var newest = (await gateway.PostAsync("/key/regenerate", $$"""{"key":"{{fresh}}","new_key":"sk-chosen-by-somebody"}""")).GetProperty("key").GetString()!;
        Assert.Equal("sk-chosen-by-somebody", newest);
        Assert.Equal(["401 token_not_found_in_db", "200"], [await gateway.ChatAsync(fresh), await gateway.ChatAsync(newest)]);
    }

    [SkippableTheory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.PostgreSql)]
    public async Task An_old_key_ends_with_the_one_that_took_its_place(DatabaseKind kind)
    {
        var gateway = await StartAsync(kind);
        var old = await gateway.KeyAsync();
        var fresh = (await gateway.PostAsync("/key/regenerate", $$"""{"key":"{{old}}","grace_period":"30d"}""")).GetProperty("key").GetString()!;
        Assert.Equal(["200", "200"], [await gateway.ChatAsync(old), await gateway.ChatAsync(fresh)]);

        await gateway.PostAsync("/key/block", $$"""{"key":"{{fresh}}"}""");
        Assert.Equal(["401 auth_error", "401 auth_error"], [await gateway.ChatAsync(old), await gateway.ChatAsync(fresh)]);
        await gateway.PostAsync("/key/delete", $$"""{"keys":["{{fresh}}"]}""");
        Assert.Equal(["401 token_not_found_in_db", "401 token_not_found_in_db"], [await gateway.ChatAsync(old), await gateway.ChatAsync(fresh)]);
    }

    [SkippableTheory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.PostgreSql)]
    public async Task A_key_uses_the_routes_that_it_may(DatabaseKind kind)
    {
        var gateway = await StartAsync(kind);
        var chat = await gateway.KeyAsync("""{"key_type":"llm_api"}""");
        var looks = await gateway.KeyAsync("""{"allowed_routes":["/key/info"]}""");

        Assert.Equal("200", await gateway.ChatAsync(chat));
        Assert.Equal(403, (await gateway.RefusedAsync(HttpMethod.Get, "/key/info", chat)).Status);
        Assert.Equal("403 auth_error", await gateway.ChatAsync(looks));
        Assert.Equal("sk-...", (await gateway.GetAsync("/key/info", looks)).GetProperty("info").GetProperty("key_name").GetString()![..6]);
        Assert.Equal(403, (await gateway.RefusedAsync(HttpMethod.Get, "/KEY/Info/", chat)).Status);
    }

    [Fact]
    public async Task Without_a_master_key_a_virtual_key_is_what_it_is_and_any_other_is_no_key()
    {
        var gateway = Keep(await KeyedGateway.StartAsync(Upstream, (await DatabaseAsync(DatabaseKind.Sqlite)).Url, masterKey: null));
        var key = await gateway.KeyAsync("""{"models":["fast"]}""");

        Assert.Equal(["200", "403 key_model_access_denied"], [await gateway.ChatAsync(key), await gateway.ChatAsync(key, "smart")]);
        Assert.Equal(["200", "200"], [await gateway.ChatAsync("sk-whatever-a-client-sends", "smart"), await gateway.ChatAsync("none", "smart")]);
        await gateway.PostAsync("/key/block", $$"""{"key":"{{key}}"}""");
        Assert.Equal("401 auth_error", await gateway.ChatAsync(key));
    }

    [Fact]
    public async Task The_configuration_opens_and_closes_routes()
    {
        var gateway = await StartAsync(
            DatabaseKind.Sqlite,
            "general_settings: { public_routes: [/v1/models], allowed_routes: [llm_api_routes, management_routes, /health], admin_only_routes: [/health] }");
        var key = await gateway.KeyAsync();

        using var open = await gateway.Client.GetAsync(new Uri("/v1/models", UriKind.Relative));
        Assert.True(open.IsSuccessStatusCode);
        Assert.Equal((403, "Route /model_group/info not allowed"), await StatusAsync("/model_group/info", KeyedGateway.MasterKey));
        Assert.Equal((403, "user not allowed to access this route. Route=/health/ is an admin only route"), await StatusAsync("/health/", key));
        Assert.True((await gateway.GetAsync("/health")).TryGetProperty("healthy_count", out _));

        async Task<(int, string)> StatusAsync(string path, string with)
        {
            var refused = await gateway.RefusedAsync(HttpMethod.Get, path, with);
            return (refused.Status, refused.Message);
        }
    }

    [Theory]
    [InlineData("[10.0.0.0/8]", "403 auth_error")]
    [InlineData("[10.0.0.0/8, 127.0.0.1]", "200")]
    [InlineData("[127.0.0.0/8]", "200")]
    [InlineData("[]", "403 auth_error")]
    public async Task Only_the_addresses_of_the_list_are_served(string addresses, string expected)
    {
        var gateway = await StartAsync(DatabaseKind.Sqlite, $"general_settings: {{ allowed_ips: {addresses} }}");
        Assert.Equal(expected, await gateway.ChatAsync(KeyedGateway.MasterKey));
    }

    [Fact]
    public async Task Where_it_is_asked_for_each_call_says_for_whom_it_is()
    {
        var gateway = await StartAsync(DatabaseKind.Sqlite, "general_settings: { enforce_user_param: true }");
        var key = await gateway.KeyAsync();

        Assert.Equal("400 invalid_request_error", await gateway.ChatAsync(key));
        Assert.Equal("200", await gateway.ChatAsync(key, more: ",\"user\":\"u1\""));
    }

    [Fact]
    public async Task A_list_of_fallbacks_is_no_way_around_a_list_of_models()
    {
        var gateway = await StartAsync(DatabaseKind.Sqlite, "router_settings: { fallbacks: [{ fast: [smart] }], num_retries: 0 }");
        var fast = await gateway.KeyAsync("""{"models":["fast"]}""");
        var both = await gateway.KeyAsync("""{"models":["fast","smart"]}""");

        Assert.Equal("200", await gateway.ChatAsync(both, more: ",\"mock_testing_fallbacks\":true"));
        using var answer = await gateway.SendAsync(HttpMethod.Post, "/v1/chat/completions", fast, """{"model":"fast","messages":[{"role":"user","content":"hi"}],"mock_testing_fallbacks":true}""");
        var error = await ErrorAnswer.ReadAsync(answer);
        Assert.Equal(500, error.Status);
        Assert.Contains("smart: not allowed to access model", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_with_a_list_passes_through_only_where_the_list_has_all_of_the_provider()
    {
        var gateway = await StartAsync(DatabaseKind.Sqlite, $"environment_variables: {{ OPENAI_API_KEY: {ChatKit.Testing.Upstream.OpenAiDialect.Key}, OPENAI_API_BASE: {Upstream.ApiBase} }}");
        foreach (var (members, passes) in new[] { ("{}", true), ("""{"models":["fast"]}""", false), ("""{"models":["fast","openai/*"]}""", true), ("""{"models":["fast"],"allowed_routes":["/openai/*"]}""", true) })
        {
            using var answer = await gateway.SendAsync(HttpMethod.Post, "/openai/v1/chat/completions", await gateway.KeyAsync(members), """{"model":"gpt-5","messages":[{"role":"user","content":"hi"}]}""");
            Assert.Equal((members, passes ? 200 : 403), (members, (int)answer.StatusCode));
        }
    }
}
