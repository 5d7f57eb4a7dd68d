using System.Text.Json;
using ChatKit.Gateway.Model;
using ChatKit.ServiceDefaults.Database;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace ChatKit.Gateway.Tests.Keys;

/// <summary><c>/key/*</c> as LiteLLM's clients use it: shapes, partial updates, pages, what is refused and by which name.</summary>
public sealed class KeyEndpointTests : KeyedGatewayTest
{
    private const string Master = KeyedGateway.MasterKey;

    private static readonly DateTimeOffset Start = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [SkippableTheory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.PostgreSql)]
    public async Task A_key_has_every_member_that_it_was_made_with_and_its_text_is_shown_once(DatabaseKind kind)
    {
        var database = await DatabaseAsync(kind);
        var gateway = await StartAsync(database.Url, time: new FakeTimeProvider(Start));
        await gateway.PostAsync("/team/new", """{"team_id":"core"}""");
        await gateway.PostAsync("/budget/new", """{"budget_id":"small","max_budget":1}""");
        const string Members =
            """
            {"key_alias":"everything","user_id":"alice","team_id":"core","organization_id":"acme","budget_id":"small","duration":"30d","models":["fast","openai/*"],
             "aliases":{"gpt":"fast"},"max_budget":12.5,"soft_budget":10,"budget_duration":"30d","budget_limits":[{"budget_duration":"1d","max_budget":1.5}],
             "model_max_budget":{"fast":{"budget_limit":0.5,"time_period":"1d"},"smart":2},"tpm_limit":1000,"rpm_limit":10,"model_tpm_limit":{"fast":500},"model_rpm_limit":{"fast":5},
             "max_parallel_requests":3,"metadata":{"app":"x"},"tags":["beta"],"blocked":false,"allowed_routes":["llm_api_routes","/key/info"],"guardrails":["pii"],"permissions":{"pii":false},"spend":0.25}
            """;

        var made = await gateway.PostAsync("/key/generate", Members);
        var key = made.GetProperty("key").GetString()!;
        var hash = KeyHash.Of(key).ToString();

        Assert.Matches("^sk-[A-Za-z0-9_-]{22}$", key);
        Assert.Equal((hash, hash, $"sk-...{key[^4..]}"), (made.GetProperty("token").GetString(), made.GetProperty("token_id").GetString(), made.GetProperty("key_name").GetString()));
        Assert.Equal((Start.AddDays(30).UtcDateTime, Start.UtcDateTime, "master"), (made.GetProperty("expires").GetDateTime(), made.GetProperty("created_at").GetDateTime(), made.GetProperty("created_by").GetString()));
        var sent = JsonElement.Parse(Members);
        foreach (var member in sent.EnumerateObject().Where(static member => member.Name is not "duration"))
            Assert.True(JsonElement.DeepEquals(member.Value, made.GetProperty(member.Name)), $"{member.Name}: {made.GetProperty(member.Name)}");

        var info = await gateway.GetAsync($"/key/info?key={key}");
        Assert.Equal($"sk-...{key[^4..]}", info.GetProperty("key").GetString());
        foreach (var member in info.GetProperty("info").EnumerateObject()) Assert.True(JsonElement.DeepEquals(member.Value, made.GetProperty(member.Name)), member.Name);
        Assert.DoesNotContain(key, info.GetRawText() + await gateway.GetAsync("/key/list?return_full_object=true") + gateway.Gateway.Logs, StringComparison.Ordinal);
        Assert.Equal(hash, (await gateway.GetAsync($"/key/info?key={hash}")).GetProperty("key").GetString());
    }

    [SkippableTheory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.PostgreSql)]
    public async Task An_update_sets_what_it_names_clears_what_is_null_and_leaves_the_rest(DatabaseKind kind)
    {
        var gateway = await StartAsync(kind);
        var key = await gateway.KeyAsync("""{"key_alias":"a","max_budget":5,"rpm_limit":7,"models":["fast"],"duration":"1d","metadata":{"x":1},"model_max_budget":{"fast":1}}""");

        var updated = await gateway.PostAsync("/key/update", $$"""{"key":"{{key}}","max_budget":null,"tpm_limit":9,"duration":"-1","metadata":{"y":2},"model_max_budget":null,"models":null}""");

        Assert.Equal(
            "a|Null|7|9|Null|{\"y\":2}|{}|[]",
            string.Join('|', updated.GetProperty("key_alias").GetString(), updated.GetProperty("max_budget").ValueKind, updated.GetProperty("rpm_limit"), updated.GetProperty("tpm_limit"),
                updated.GetProperty("expires").ValueKind, updated.GetProperty("metadata"), updated.GetProperty("model_max_budget"), updated.GetProperty("models")));
        Assert.False(updated.TryGetProperty("key", out _));
    }

    [SkippableTheory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.PostgreSql)]
    public async Task Keys_are_listed_in_pages_by_whom_they_belong_to(DatabaseKind kind)
    {
        var time = new FakeTimeProvider(Start);
        var gateway = await StartAsync(kind, time: time);
        await gateway.PostAsync("/team/new", """{"team_id":"core"}""");
        var hashes = new List<string>();
        for (var i = 0; i < 25; i++)
        {
            time.Advance(TimeSpan.FromSeconds(1));
            hashes.Add(KeyHash.Of(await gateway.KeyAsync($$"""{"key_alias":"k{{i:00}}","user_id":"u{{i % 2}}"{{(i % 5 == 0 ? ",\"team_id\":\"core\"" : "")}}}""")).ToString());
        }

        hashes.Reverse();
        var second = await gateway.GetAsync("/key/list?page=2&size=10");
        Assert.Equal(hashes[10..20], Texts(second.GetProperty("keys")));
        Assert.Equal((25, 2, 3), (second.GetProperty("total_count").GetInt32(), second.GetProperty("current_page").GetInt32(), second.GetProperty("total_pages").GetInt32()));
        Assert.Equal(5, (await gateway.GetAsync("/key/list?team_id=core")).GetProperty("total_count").GetInt32());
        Assert.Equal(12, (await gateway.GetAsync("/key/list?user_id=u1")).GetProperty("total_count").GetInt32());
        var named = (await gateway.GetAsync("/key/list?key_alias=k07&return_full_object=true")).GetProperty("keys")[0];
        Assert.Equal(("k07", "u1"), (named.GetProperty("key_alias").GetString(), named.GetProperty("user_id").GetString()));
        Assert.Equal(["k00", "k01"], (await gateway.GetAsync("/key/list?sort_by=key_alias&sort_order=asc&size=2&return_full_object=true")).GetProperty("keys").EnumerateArray().Select(static k => k.GetProperty("key_alias").GetString()));

        static IEnumerable<string> Texts(JsonElement list) => list.EnumerateArray().Select(static item => item.GetString()!);
    }

    [Theory]
    [InlineData("/key/generate", """{"max_budget":"five"}""", 400, "max_budget")]
    [InlineData("/key/generate", """{"max_budget":-1}""", 400, "max_budget")]
    [InlineData("/key/generate", """{"duration":"30 days"}""", 400, "duration")]
    [InlineData("/key/generate", """{"duration":"0d"}""", 400, "duration")]
    [InlineData("/key/generate", """{"budget_duration":"1y"}""", 400, "budget_duration")]
    [InlineData("/key/generate", """{"models":"fast"}""", 400, "models")]
    [InlineData("/key/generate", """{"models":[1]}""", 400, "models")]
    [InlineData("/key/generate", """{"aliases":{"a":1}}""", 400, "aliases.a")]
    [InlineData("/key/generate", """{"metadata":"x"}""", 400, "metadata")]
    [InlineData("/key/generate", """{"rpm_limit":1.5}""", 400, "rpm_limit")]
    [InlineData("/key/generate", """{"max_parallel_requests":-1}""", 400, "max_parallel_requests")]
    [InlineData("/key/generate", """{"model_max_budget":{"fast":{"budget_limit":"x"}}}""", 400, "model_max_budget.fast.budget_limit")]
    [InlineData("/key/generate", """{"model_max_budget":{"fast":{"time_period":"1d"}}}""", 400, "model_max_budget.fast.budget_limit")]
    [InlineData("/key/generate", """{"model_rpm_limit":{"fast":"x"}}""", 400, "model_rpm_limit.fast")]
    [InlineData("/key/generate", """{"budget_limits":[{"max_budget":1,"budget_duration":"x"}]}""", 400, "budget_limits[0].budget_duration")]
    [InlineData("/key/generate", """{"allowed_routes":["everything"]}""", 400, "allowed_routes")]
    [InlineData("/key/generate", """{"key_type":"super"}""", 400, "key_type")]
    [InlineData("/key/generate", """{"key":"secret-without-prefix"}""", 400, "key")]
    [InlineData("/key/generate", """{"key":"sk-short"}""", 400, "key")]
    [InlineData("/key/generate", """{"key":"sk-with a space in it"}""", 400, "key")]
    [InlineData("/key/generate", """{"key":"sk-master-0123456789abcdef"}""", 400, "key")]
    [InlineData("/key/generate", """{"key":"sk-taken-already-by-a"}""", 409, "key")]
    [InlineData("/key/generate", """{"key_alias":"taken"}""", 409, "key_alias")]
    [InlineData("/key/generate", """{"key_alias":"a;b"}""", 400, "key_alias")]
    [InlineData("/key/generate", """{"team_id":"nobody"}""", 404, "team_id")]
    [InlineData("/key/generate", """{"budget_id":"nothing"}""", 404, "budget_id")]
    [InlineData("/key/generate", "[]", 400, "request_body")]
    [InlineData("/key/update", "{}", 400, "key")]
    [InlineData("/key/update", """{"key":"sk-nobody-has-this-one"}""", 404, "key")]
    [InlineData("/key/update", """{"key":"sk-taken-already-by-a","spend":0}""", 400, "spend")]
    [InlineData("/key/update", """{"key":"sk-taken-already-by-a","models":{}}""", 400, "models")]
    [InlineData("/key/delete", "{}", 400, "keys")]
    [InlineData("/key/delete", """{"keys":["sk-taken-already-by-a","sk-nobody-has-this-one"]}""", 404, "keys")]
    [InlineData("/key/delete", """{"key_aliases":["nobody"]}""", 404, "key_aliases")]
    [InlineData("/key/regenerate", "{}", 400, "key")]
    [InlineData("/key/regenerate", """{"key":"sk-taken-already-by-a","grace_period":"soon"}""", 400, "grace_period")]
    [InlineData("/key/regenerate", """{"key":"sk-taken-already-by-a","new_key":"sk-taken-already-by-a"}""", 409, "new_key")]
    public async Task What_is_wrong_is_told_by_the_members_name(string path, string body, int status, string param)
    {
        var gateway = await StartAsync(DatabaseKind.Sqlite);
        await gateway.KeyAsync("""{"key":"sk-taken-already-by-a","key_alias":"taken"}""");

        var refused = await gateway.RefusedAsync(HttpMethod.Post, path, Master, body);

        Assert.Equal((status, param), (refused.Status, refused.Param));
        Assert.Equal("200", await gateway.ChatAsync("sk-taken-already-by-a"));
    }

    [Fact]
    public async Task A_new_key_gets_the_defaults_and_keeps_within_the_bounds()
    {
        var gateway = await StartAsync(
            DatabaseKind.Sqlite,
            "litellm_settings: { default_key_generate_params: { max_budget: 5, models: [fast], tpm_limit: 100 }, upperbound_key_generate_params: { max_budget: 10, rpm_limit: 20, duration: 30d, budget_duration: 7d } }",
            new FakeTimeProvider(Start));

        var made = await gateway.PostAsync("/key/generate", "{}");
        Assert.Equal("5|100|20|[\"fast\"]|7d", string.Join('|', made.GetProperty("max_budget"), made.GetProperty("tpm_limit"), made.GetProperty("rpm_limit"), made.GetProperty("models").GetRawText(), made.GetProperty("budget_duration").GetString()));
        Assert.Equal(Start.AddDays(30).UtcDateTime, made.GetProperty("expires").GetDateTime());

        foreach (var (member, name) in new[] { ("\"max_budget\":11", "max_budget"), ("\"rpm_limit\":21", "rpm_limit"), ("\"duration\":\"31d\"", "duration"), ("\"duration\":\"-1\"", "duration"), ("\"budget_duration\":\"8d\"", "budget_duration"), ("\"max_budget\":null", "max_budget") })
        {
            var key = made.GetProperty("key").GetString();
            var refused = await gateway.RefusedAsync(HttpMethod.Post, "/key/update", Master, $$"""{"key":"{{key}}",{{member}}}""");
            Assert.Equal((400, name), (refused.Status, refused.Param));
            Assert.Contains("is over max limit set in config", refused.Message, StringComparison.Ordinal);
        }

        Assert.Equal(9, (await gateway.PostAsync("/key/generate", """{"max_budget":9,"rpm_limit":20,"duration":"30d"}""")).GetProperty("max_budget").GetInt32());
    }

    [Fact]
    public async Task What_nobody_reads_is_named_in_the_answer()
    {
        var gateway = await StartAsync(DatabaseKind.Sqlite);
        using var answer = await gateway.SendAsync(HttpMethod.Post, "/key/generate", Master, """{"max_budget":1,"max_bugdet":1,"config":{}}""");
        Assert.Equal("max_bugdet, config", answer.Headers.GetValues("x-chatkit-losses").Single());
    }

    [Fact]
    public async Task Every_change_is_in_the_audit_log_without_the_key()
    {
        var database = await DatabaseAsync(DatabaseKind.Sqlite);
        var gateway = await StartAsync(database.Url);
        var key = await gateway.KeyAsync("""{"key_alias":"a"}""");
        await gateway.PostAsync("/key/update", $$"""{"key":"{{key}}","max_budget":3}""");
        await gateway.PostAsync("/key/block", $$"""{"key":"{{key}}"}""");
        var fresh = (await gateway.PostAsync("/key/regenerate", $$"""{"key":"{{key}}"}""")).GetProperty("key").GetString()!;
        await gateway.PostAsync("/key/delete", $$"""{"keys":["{{fresh}}"]}""");

        await using var rows = database.OpenGateway();
        var changes = await rows.Audit.OrderBy(static change => change.At).ThenBy(static change => change.Id).ToListAsync();
        Assert.Equal(["created key", "updated key", "blocked key", "rotated key", "deleted key"], changes.Select(static change => $"{change.Action} {change.Subject}"));
        var told = string.Concat(changes.Select(static change => change.Before + change.After));
        Assert.DoesNotContain(key, told, StringComparison.Ordinal);
        Assert.DoesNotContain(fresh, told, StringComparison.Ordinal);
        Assert.Contains("\"max_budget\":3", changes[1].After, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_database_there_are_no_keys_to_make()
    {
        var gateway = await StartAsync("sqlite://");
        var refused = await gateway.RefusedAsync(HttpMethod.Post, "/key/generate", Master, "{}");
        Assert.Equal((503, "no_db_connection"), (refused.Status, refused.Type));
        Assert.Equal("401 token_not_found_in_db", await gateway.ChatAsync("sk-nobody-has-this-one"));
        Assert.Equal("200", await gateway.ChatAsync(Master));
    }
}
