using ChatKit.Gateway.Model;
using ChatKit.Gateway.Model.Accounts;
using Xunit;

namespace ChatKit.Gateway.Tests.Config;

/// <summary>Budgets and limits as files say them.</summary>
public sealed class BudgetConfigTests
{
    [Fact]
    public void Without_a_word_nothing_is_bounded()
    {
        var budgets = ConfigFolder.Bind("model_list: []").Settings.Budgets;

        Assert.Null(budgets.Global);
        Assert.Null(budgets.OfCustomers);
        Assert.Empty(budgets.Providers);
        Assert.Equal((CountedTokens.Total, false, false, AlertSettings.None), (budgets.CountedTokens, budgets.FailsClosed, budgets.BoundsUsersInTeams, budgets.Alerts));
    }

    [Fact]
    public void A_file_says_who_may_spend_what()
    {
        var snapshot = ConfigFolder.Bind(
            """
            model_list:
              - { model_name: m, litellm_params: { model: openai/m, api_key: k, max_budget: 2.5, budget_duration: 7d }, model_info: { id: d1 } }
            litellm_settings:
              { max_budget: 100, budget_duration: 30d, max_end_user_budget: 0.01, tag_budget_config: { prod: { max_budget: 3, budget_duration: 1d, soft_budget: 2 } } }
            router_settings: { provider_budget_config: { openai: { budget_limit: 0.000000001, time_period: 1d } } }
            general_settings: { global_max_parallel_requests: 9, max_parallel_requests: 4, token_rate_limit_type: output, fail_closed_budget_enforcement: true, apply_user_budget_to_team_keys: true }
            """);
        var budgets = snapshot.Settings.Budgets;

        Assert.Equal(new Budget(100_000_000_000, null, Period("30d")), Assert.Single(budgets.Global!.Budgets));
        Assert.Equal(9, budgets.Global.Limits.Parallel);
        Assert.Equal(new Budget(10_000_000, null, BudgetPeriod.Endless), budgets.OfCustomers);
        Assert.Equal(new Budget(3_000_000_000, 2_000_000_000, Period("1d")), Assert.Single(budgets.Tags["prod"].Budgets));
        Assert.Equal(new Budget(1, null, Period("1d")), Assert.Single(budgets.Providers["openai"].Budgets));
        var deployment = Assert.Single(snapshot.Deployments);
        Assert.Equal((new AccountId(AccountKind.Deployment, "d1"), new Budget(2_500_000_000, null, Period("7d"))), (deployment.Account!.Id, deployment.Account.Budgets[0]));
        Assert.Equal((CountedTokens.Output, true, true, 4), (budgets.CountedTokens, budgets.FailsClosed, budgets.BoundsUsersInTeams, snapshot.Settings.Routing.MaxParallel));
    }

    [Fact]
    public void News_go_where_the_environment_says()
    {
        using var folder = new ConfigFolder().Set("WEBHOOK_URL", "https://example.com/x").Set("SLACK_WEBHOOK_URL", "https://hooks.slack.com/y")
            .With("config.yaml", "model_list: []\ngeneral_settings: { alerting: [webhook, slack] }");

        Assert.Equal(new AlertSettings(new Uri("https://example.com/x"), new Uri("https://hooks.slack.com/y")), folder.Snapshot().Settings.Budgets.Alerts);
    }

    [Fact]
    public void News_that_nobody_gets_are_warned_of_and_an_address_that_is_none_is_a_problem()
    {
        var warnings = string.Join('\n', ConfigFolder.WarningsOf("model_list: []\ngeneral_settings: { alerting: [webhook, email] }"));
        Assert.Contains("nobody is told until the environment variable WEBHOOK_URL says where to", warnings, StringComparison.Ordinal);
        Assert.Contains("'email' does nothing here; there are webhook and slack", warnings, StringComparison.Ordinal);

        using var folder = new ConfigFolder().Set("WEBHOOK_URL", "example.com").With("config.yaml", "model_list: []\ngeneral_settings: { alerting: [webhook] }");
        Assert.Contains("WEBHOOK_URL is not an http or https address", Assert.Single(folder.Problems()), StringComparison.Ordinal);
    }

    private static BudgetPeriod Period(string duration) => BudgetPeriod.TryParse(duration, DateTime.UnixEpoch, out var period) ? period : throw new ArgumentException(duration);
}
