using System.Globalization;
using ChatKit.Gateway.Redis;
using ChatKit.Gateway.Tests.Hosting;
using ChatKit.Gateway.Tests.Keys;
using ChatKit.Gateway.Tests.Redis;
using ChatKit.ServiceDefaults.Database;
using ChatKit.Testing.Databases;
using ChatKit.Testing.Upstream;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace ChatKit.Gateway.Tests.Budgets;

/// <summary>Keys with budgets and limits, as clients meet them: whole gateways, with a database behind them.</summary>
public sealed class KeyBudgetTests : KeyedGatewayTest
{
    /// <summary>Its price is published.</summary>
    private const string Model = "openai/gpt-4o-mini";

    [SkippableTheory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.PostgreSql)]
    public async Task Of_200_calls_at_once_no_more_are_made_than_the_budget_pays_for(DatabaseKind kind)
    {
        var gateway = await StartAsync(kind);
        var cost = await CostOfOneAsync(gateway);
        var key = await gateway.KeyAsync($$"""{"max_budget":{{Text(50 * cost)}},"budget_duration":"1d"}""");

        var served = await BurstAsync(200, key, gateway);
        Assert.InRange(served, 1, 50);

        // What was only set aside is free again, so that the rest of the budget can be spent.
        served += await UntilRefusedAsync(gateway, key);
        Assert.Equal(50, served);
    }

    [SkippableFact]
    public async Task Of_200_calls_at_three_replicas_no_more_are_made_than_the_budget_pays_for()
    {
        var fleet = await FleetAsync(Keep(await RedisServer.RequireOwnAsync()));
        var cost = await CostOfOneAsync(fleet[0]);
        var key = await fleet[0].KeyAsync($$"""{"max_budget":{{Text(50 * cost)}},"budget_duration":"1d"}""");

        var served = await BurstAsync(200, key, fleet);
        Assert.InRange(served, 1, 50);
        for (var replica = 0; replica < 3; replica++) served += await UntilRefusedAsync(fleet[replica], key);
        Assert.Equal(50, served);
    }

    [SkippableFact]
    public async Task A_hundred_calls_a_minute_are_a_hundred_over_three_replicas()
    {
        var fleet = await FleetAsync(Keep(await RedisServer.RequireOwnAsync()));
        var key = await fleet[0].KeyAsync("""{"rpm_limit":100}""");

        Assert.Equal(100, await BurstAsync(150, key, fleet));
    }

    [SkippableFact]
    public async Task While_Redis_is_killed_and_started_no_call_fails_and_the_limits_hold()
    {
        var redis = Keep(await RedisServer.RequireOwnAsync());
        var fleet = await FleetAsync(redis);
        var (limited, free) = (await fleet[0].KeyAsync("""{"rpm_limit":60}"""), await fleet[0].KeyAsync("""{"rpm_limit":1000000,"tpm_limit":1000000000,"max_parallel_requests":1000,"max_budget":1000}"""));
        using var stop = new CancellationTokenSource();
        var load = Task.WhenAll(fleet.Select(gateway => LoadAsync(gateway, free, stop.Token)));
        var served = await BurstAsync(20, limited, fleet);

        await redis.KillAsync();
        foreach (var gateway in fleet) await UntilAsync(gateway, shared => shared.Database is null);
        served += await BurstAsync(100, limited, fleet);
        await redis.StartAsync();
        foreach (var gateway in fleet) await UntilAsync(gateway, shared => shared.Database is not null);
        served += await BurstAsync(100, limited, fleet);
        await stop.CancelAsync();

        Assert.All(await load, statuses => Assert.Equal(["200"], statuses));
        Assert.InRange(served, 60, 120);
    }

    [SkippableTheory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.PostgreSql)]
    public async Task Each_answer_says_what_is_left_and_each_refusal_when_to_come_again(DatabaseKind kind)
    {
        var gateway = await StartAsync(kind);
        var key = await gateway.KeyAsync("""{"rpm_limit":10,"tpm_limit":100000,"max_budget":5,"model_rpm_limit":{"openai/gpt-4o-mini":2},"max_parallel_requests":7}""");

        using (var answer = await ChatAsync(gateway, key))
        {
            var headers = answer.Headers.ToDictionary(header => header.Key.ToLowerInvariant(), header => header.Value.Single());
            Assert.Equal("10", headers["x-litellm-key-rpm-limit"]);
            Assert.Equal("100000", headers["x-litellm-key-tpm-limit"]);
            Assert.Equal("1", headers["x-litellm-key-remaining-requests-openai-gpt-4o-mini"]);
            Assert.Equal("9", headers["x-ratelimit-api_key-remaining-requests"]);
            Assert.Equal("2", headers["x-ratelimit-model_per_key-limit-requests"]);
            Assert.Equal("6", headers["x-ratelimit-api_key-remaining-max_parallel_requests"]);
            Assert.Equal(decimal.Parse(headers["x-litellm-response-cost"], NumberStyles.Float, CultureInfo.InvariantCulture), decimal.Parse(headers["x-litellm-key-spend"], CultureInfo.InvariantCulture));
            Assert.Equal("5.0", headers["x-litellm-key-max-budget"]);
        }

        (await ChatAsync(gateway, key)).Dispose();
        using var refused = await ChatAsync(gateway, key);
        var error = await ErrorAnswer.ReadAsync(refused);
        Assert.Equal((429, "throttling_error"), (error.Status, error.Type));
        Assert.Matches("^Rate limit exceeded for model_per_key: [0-9a-f]{64}/openai/gpt-4o-mini. Limit type: requests. Current limit: 2, Remaining: 0. Limit resets at: ", error.Message);
        Assert.Equal("requests", refused.Headers.GetValues("rate_limit_type").Single());
        Assert.EndsWith(" UTC", refused.Headers.GetValues("reset_at").Single(), StringComparison.Ordinal);
        Assert.InRange(refused.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 60);

        // Another model has room.
        Assert.Equal("200", await gateway.ChatAsync(key));
    }

    [SkippableFact]
    public async Task A_stream_holds_its_place_until_it_ends_or_its_client_leaves()
    {
        var gateway = await StartAsync(DatabaseKind.Sqlite);
        var key = await gateway.KeyAsync("""{"max_parallel_requests":1}""");
        Upstream.Always = Replies.Sse(OpenAiReplies.Stream("one two three", "m", withUsage: true).Take(3), SseEnd.Silence);

        using (var client = new HttpClient(new SocketsHttpHandler()) { BaseAddress = gateway.Client.BaseAddress })
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/chat/completions") { Content = new StringContent("""{"model":"fast","stream":true,"messages":[{"role":"user","content":"hi"}]}""", System.Text.Encoding.UTF8, "application/json") };
            request.Headers.Authorization = new("Bearer", key);
            using var stream = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
            Assert.True(stream.IsSuccessStatusCode);
            Assert.Equal("429 throttling_error", await gateway.ChatAsync(key));
        }

        Upstream.Always = OpenAiReplies.Text("done");
        for (var tries = 0; await gateway.ChatAsync(key) != "200"; tries++)
        {
            Assert.True(tries < 600, "the place is never free again");
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
        }
    }

    [SkippableFact]
    public async Task A_budget_for_one_model_and_several_periods_at_once_bind_the_key()
    {
        var gateway = await StartAsync(DatabaseKind.Sqlite);
        var cost = await CostOfOneAsync(gateway);
        var ofModel = await gateway.KeyAsync($$$"""{"model_max_budget":{"{{{Model}}}":{"budget_limit":{{{Text(cost)}}},"time_period":"1d"} } }""");
        var severalPeriods = await gateway.KeyAsync($$"""{"budget_limits":[{"budget_duration":"1d","max_budget":{{Text(2 * cost)}}},{"budget_duration":"30d","max_budget":100}]}""");

        Assert.Equal(1, await UntilRefusedAsync(gateway, ofModel));
        Assert.Equal("200", await gateway.ChatAsync(ofModel));
        Assert.Equal(2, await UntilRefusedAsync(gateway, severalPeriods));
    }

    [SkippableTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_team_and_its_members_have_budgets_and_a_user_in_it_only_where_the_file_says_so(bool bindsUsers)
    {
        var gateway = await StartAsync(DatabaseKind.Sqlite, $"general_settings: {{ apply_user_budget_to_team_keys: {(bindsUsers ? "true" : "false")} }}");
        var cost = await CostOfOneAsync(gateway);
        await gateway.PostAsync("/user/new", $$"""{"user_id":"ida","max_budget":{{Text(cost)}},"auto_create_key":false}""");
        await gateway.PostAsync("/user/new", """{"user_id":"bob","auto_create_key":false}""");
        await gateway.PostAsync("/team/new", $$"""{"team_id":"core","max_budget":{{Text(6 * cost)}},"budget_duration":"30d"}""");
        await gateway.PostAsync("/team/member_add", """{"team_id":"core","member":{"role":"user","user_id":"ida"}}""");
        await gateway.PostAsync("/team/member_add", $$"""{"team_id":"core","member":{"role":"user","user_id":"bob"},"max_budget_in_team":{{Text(2 * cost)}}}""");
        var (ida, bob) = (await gateway.KeyAsync("""{"user_id":"ida","team_id":"core"}"""), await gateway.KeyAsync("""{"user_id":"bob","team_id":"core"}"""));

        Assert.Equal(2, await UntilRefusedAsync(gateway, bob));
        Assert.Equal(bindsUsers ? 1 : 4, await UntilRefusedAsync(gateway, ida));
        using var refused = await ChatAsync(gateway, ida);
        Assert.StartsWith($"Budget has been exceeded! {(bindsUsers ? "User=ida" : "Team=core")} Current cost: ", (await ErrorAnswer.ReadAsync(refused)).Message, StringComparison.Ordinal);
    }

    private async Task<KeyedGateway[]> FleetAsync(RedisServer redis)
    {
        var database = await DatabaseAsync(DatabaseKind.Sqlite);
        var settings = $"router_settings: {{ redis_host: {redis.Host}, redis_port: {redis.Port} }}";
        var fleet = new KeyedGateway[3];
        for (var replica = 0; replica < 3; replica++) fleet[replica] = await StartAsync(database.Url, settings, new PatientClock());
        foreach (var gateway in fleet) await UntilAsync(gateway, shared => shared.Database is not null && shared.Count >= 3);
        return fleet;
    }

    private static async Task<int> BurstAsync(int calls, string key, params KeyedGateway[] fleet)
    {
        var statuses = await Task.WhenAll(Enumerable.Range(0, calls).Select(call => fleet[call % fleet.Length].ChatAsync(key, Model)));
        Assert.All(statuses, status => Assert.True(status == "200" || status.StartsWith("429", StringComparison.Ordinal), status));
        return statuses.Count(status => status == "200");
    }

    private static async Task<IReadOnlyList<string>> LoadAsync(KeyedGateway gateway, string key, CancellationToken stop)
    {
        var statuses = new List<string>();
        while (!stop.IsCancellationRequested) statuses.Add(await gateway.ChatAsync(key));
        return [.. statuses.Distinct()];
    }

    /// <summary>How many calls are served, one after the other; a refusal counts when it comes twice, since a reservation may be on its way back.</summary>
    private static async Task<int> UntilRefusedAsync(KeyedGateway gateway, string key)
    {
        var served = 0;
        for (var refused = 0; refused < 3;)
        {
            var status = await gateway.ChatAsync(key, Model);
            if (status == "200")
            {
                (served, refused) = (served + 1, 0);
                continue;
            }

            Assert.Equal("429 budget_exceeded", status);
            refused++;
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System);
        }

        return served;
    }

    private static async Task<decimal> CostOfOneAsync(KeyedGateway gateway)
    {
        using var answer = await ChatAsync(gateway, KeyedGateway.MasterKey);
        return decimal.Parse(answer.Headers.GetValues("x-litellm-response-cost").Single(), NumberStyles.Float, CultureInfo.InvariantCulture);
    }

    private static Task<HttpResponseMessage> ChatAsync(KeyedGateway gateway, string key) =>
        gateway.SendAsync(HttpMethod.Post, "/v1/chat/completions", key, $$"""{"model":"{{Model}}","messages":[{"role":"user","content":"hi"}]}""");

    private static async Task UntilAsync(KeyedGateway gateway, Func<SharedRedis, bool> isSo)
    {
        var shared = gateway.Gateway.Services.GetRequiredService<SharedRedis>();
        for (var tries = 0; !isSo(shared); tries++)
        {
            Assert.True(tries < 1200, "it never came to be so");
            await Task.Delay(TimeSpan.FromMilliseconds(25), TimeProvider.System);
        }
    }

    private static string Text(decimal dollars) => dollars.ToString("0.############", CultureInfo.InvariantCulture);
}
