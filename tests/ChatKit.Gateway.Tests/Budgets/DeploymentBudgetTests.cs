using ChatKit.Gateway.Tests.Config;
using ChatKit.Gateway.Tests.Hosting;
using ChatKit.Testing.Upstream;
using Xunit;

namespace ChatKit.Gateway.Tests.Budgets;

/// <summary>Budgets of providers, deployments, tags and everybody, as people configure them: whole gateways.</summary>
public sealed class DeploymentBudgetTests : IAsyncLifetime
{
    private readonly ConfigFolder _folder = new();
    private FakeUpstream _a = null!;
    private FakeUpstream _b = null!;

    public async Task InitializeAsync() => (_a, _b) = (await FakeUpstream.StartAsync(), await FakeUpstream.StartAsync());

    public async Task DisposeAsync()
    {
        await _a.DisposeAsync();
        await _b.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_provider_that_has_spent_its_budget_gets_no_calls_and_its_peers_do()
    {
        await using var gateway = await StartAsync(router: "provider_budget_config: { openai: { budget_limit: 0.000000001, time_period: 1d } }");
        (await gateway.ChatAsync("first-a")).EnsureSuccessStatusCode().Dispose();

        for (var call = 0; call < 5; call++) (await gateway.ChatAsync("both")).EnsureSuccessStatusCode().Dispose();
        Assert.Equal((1, 5), (_a.Requests.Count, _b.Requests.Count));

        using var refused = await gateway.ChatAsync("first-a");
        var error = await ErrorAnswer.ReadAsync(refused);
        Assert.Equal((429, "budget_exceeded"), (error.Status, error.Type));
        Assert.StartsWith("No deployments available - crossed budget: Exceeded budget for provider openai: ", error.Message, StringComparison.Ordinal);
        Assert.NotNull(refused.Headers.RetryAfter);
    }

    [Fact]
    public async Task A_deployment_that_has_spent_its_budget_gets_no_calls()
    {
        await using var gateway = await StartAsync(deployment: "max_budget: 0.000000001, budget_duration: 7d,");
        (await gateway.ChatAsync("first-a")).EnsureSuccessStatusCode().Dispose();

        using var refused = await gateway.ChatAsync("first-a");
        Assert.Contains("Exceeded budget for deployment first-a: ", (await ErrorAnswer.ReadAsync(refused)).Message, StringComparison.Ordinal);
        (await gateway.ChatAsync("both")).EnsureSuccessStatusCode().Dispose();
    }

    [Fact]
    public async Task Everybody_together_may_spend_so_much()
    {
        await using var gateway = await StartAsync(liteLlm: "max_budget: 0.000000001, budget_duration: 30d");
        (await gateway.ChatAsync("both")).EnsureSuccessStatusCode().Dispose();

        using var refused = await gateway.ChatAsync("both");
        Assert.StartsWith("Budget has been exceeded! Current cost: ", (await ErrorAnswer.ReadAsync(refused)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_tag_and_a_customer_may_spend_so_much()
    {
        await using var gateway = await StartAsync(liteLlm: "max_end_user_budget: 0.000000001, tag_budget_config: { dear: { max_budget: 0.000000001, budget_duration: 1d } }");
        Assert.Null(await MessageAsync(gateway, """, "tags":["dear"] """));
        Assert.StartsWith("Budget has been exceeded! Tag=dear Current", await MessageAsync(gateway, """, "tags":["dear"] """), StringComparison.Ordinal);
        Assert.Null(await MessageAsync(gateway, """, "user":"c1" """));
        Assert.StartsWith("Budget has been exceeded! End User=c1 Current", await MessageAsync(gateway, """, "user":"c1" """), StringComparison.Ordinal);
        Assert.Null(await MessageAsync(gateway, """, "user":"c2" """));
    }

    [Fact]
    public async Task So_many_calls_of_everybody_may_be_under_way()
    {
        await using var gateway = await StartAsync(general: "global_max_parallel_requests: 1,");
        var answer = new TaskCompletionSource();
        _b.Always = async (request, http) =>
        {
            await answer.Task;
            await OpenAiReplies.Text("at last")(request, http);
        };
        var first = gateway.ChatAsync("b");
        while (_b.Requests.Count == 0) await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System);

        using (var second = await gateway.ChatAsync("b"))
        {
            Assert.Equal("throttling_error", (await ErrorAnswer.ReadAsync(second)).Type);
            Assert.Equal("concurrent_requests", second.Headers.GetValues("rate_limit_type").Single());
        }

        answer.SetResult();
        using (var done = await first)
        {
            done.EnsureSuccessStatusCode();
            Assert.Equal("0", done.Headers.GetValues("x-ratelimit-global-remaining-max_parallel_requests").Single());
        }

        for (var tries = 0; tries < 200; tries++)
        {
            using var third = await gateway.ChatAsync("b");
            if (third.IsSuccessStatusCode) return;
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
        }

        Assert.Fail("the place is never free again");
    }

    [Fact]
    public void What_is_no_budget_is_told_with_its_place()
    {
        var problems = string.Join('\n', Folder(
            router: "provider_budget_config: { openai: { time_period: 1d }, azure: { budget_limit: 1, time_period: monthly } }",
            liteLlm: "max_budget: -1",
            general: "token_rate_limit_type: all,",
            deployment: "max_budget: 1, budget_duration: 1y,").Problems());

        foreach (var expected in (string[])["provider_budget_config.openai", "has no amount", "must be a length such as", "not 'monthly'", "must be a number of at least 0", "must be total, input or output", "not '1y'"])
            Assert.Contains(expected, problems, StringComparison.Ordinal);
    }

    private static async Task<string?> MessageAsync(ConfiguredGateway gateway, string members)
    {
        using var body = new StringContent($$"""{"model":"both","messages":[{"role":"user","content":"hi"}]{{members}}}""", System.Text.Encoding.UTF8, "application/json");
        using var response = await gateway.Client.PostAsync(new Uri("/v1/chat/completions", UriKind.Relative), body);
        return response.IsSuccessStatusCode ? null : (await ErrorAnswer.ReadAsync(response)).Message;
    }

    private ConfigFolder Folder(string router, string liteLlm, string general, string deployment) => _folder.Set("LITELLM_MASTER_KEY", "sk-1234").With(
        "config.yaml",
        $$"""
        model_list:
          - { model_name: first-a, litellm_params: { model: openai/a, {{deployment}} {{Prices}} api_key: {{OpenAiDialect.Key}}, api_base: {{_a.ApiBase}} }, model_info: { id: a } }
          - { model_name: both, litellm_params: { model: openai/a, {{deployment}} {{Prices}} api_key: {{OpenAiDialect.Key}}, api_base: {{_a.ApiBase}}, order: 1 }, model_info: { id: both-a } }
          - { model_name: both, litellm_params: { model: openai_like/b, {{Prices}} api_key: {{OpenAiDialect.Key}}, api_base: {{_b.ApiBase}}, order: 2 }, model_info: { id: both-b } }
          - { model_name: b, litellm_params: { model: openai_like/b, {{Prices}} api_key: {{OpenAiDialect.Key}}, api_base: {{_b.ApiBase}} }, model_info: { id: b } }
        router_settings: { num_retries: 0, {{router}} }
        litellm_settings: { {{liteLlm}} }
        general_settings: { {{general}} master_key: sk-1234 }
        """);

    private const string Prices = "input_cost_per_token: 0.000001, output_cost_per_token: 0.000002,";

    private Task<ConfiguredGateway> StartAsync(string router = "", string liteLlm = "", string general = "", string deployment = "") =>
        ConfiguredGateway.StartAsync(Folder(router, liteLlm, general, deployment), "sk-1234");
}
