using System.Collections.Frozen;
using ChatKit.Gateway.Model;
using ChatKit.Gateway.Model.Accounts;

namespace ChatKit.Gateway.Config;

/// <summary>
/// Binds what the file says about money and pace (https://docs.litellm.ai/docs/proxy/users, https://docs.litellm.ai/docs/proxy/provider_budget_routing,
/// https://docs.litellm.ai/docs/proxy/tag_budgets). Amounts are US dollars; a period that follows no calendar is counted from the epoch.
/// </summary>
internal sealed class BudgetBinder(ConfigSection general, ConfigSection router, ConfigSection liteLlm, EnvironmentValues environment)
{
    private const decimal NanosPerDollar = 1_000_000_000m;
    private const double MostDollars = 1_000_000_000;

    public static IReadOnlyList<string> GeneralKeys { get; } =
        ["global_max_parallel_requests", "token_rate_limit_type", "fail_closed_budget_enforcement", "apply_user_budget_to_team_keys", "alerting"];

    public static IReadOnlyList<string> RouterKeys { get; } = ["provider_budget_config"];

    public static IReadOnlyList<string> LiteLlmKeys { get; } = ["max_budget", "budget_duration", "max_end_user_budget", "tag_budget_config"];

    public static IReadOnlyList<string> DeploymentKeys { get; } = ["max_budget", "budget_duration"];

    public BudgetSettings Bind() => new()
    {
        Global = Global(),
        Providers = Named(router.Section("provider_budget_config"), AccountKind.Provider),
        Tags = Named(liteLlm.Section("tag_budget_config"), AccountKind.Tag),
        OfCustomers = Dollars(liteLlm, "max_end_user_budget") is { } most ? new Budget(most, null, BudgetPeriod.Endless) : null,
        CountedTokens = CountedTokens(),
        FailsClosed = general.Flag("fail_closed_budget_enforcement") ?? false,
        BoundsUsersInTeams = general.Flag("apply_user_budget_to_team_keys") ?? false,
        Alerts = Alerts(),
    };

    /// <summary>What may be spent on one deployment; null where nothing bounds it.</summary>
    public static Account? Deployment(ConfigSection parameters, string id, string name)
    {
        var (most, period) = (Dollars(parameters, "max_budget"), Period(parameters, "budget_duration"));
        return most is null ? null : new Account(new AccountId(AccountKind.Deployment, id)) { Alias = name, Budgets = [new Budget(most, null, period)] };
    }

    private Account? Global()
    {
        var (most, period, parallel) = (Dollars(liteLlm, "max_budget"), Period(liteLlm, "budget_duration"), general.WholeNumber("global_max_parallel_requests", minimum: 1));
        if (most is null && parallel is null) return null;
        return new Account(AccountId.Global)
        {
            Budgets = most is null ? [] : [new Budget(most, null, period)],
            Limits = parallel is null ? RateLimits.None : new RateLimits(null, null, parallel),
        };
    }

    /// <summary><c>{openai: {budget_limit: 100, time_period: 1d}}</c>, or the words that keys use for it.</summary>
    private static FrozenDictionary<string, Account> Named(ConfigSection? section, AccountKind kind)
    {
        var accounts = new Dictionary<string, Account>(StringComparer.Ordinal);
        foreach (var member in section?.Members ?? [])
        {
            if (section!.Section(member.Key) is not { } one) continue;
            var (most, period) = (Dollars(one, one.Has("budget_limit") ? "budget_limit" : "max_budget"), Period(one, one.Has("time_period") ? "time_period" : "budget_duration"));
            var soft = Dollars(one, "soft_budget");
            LeftoverKeys.Warn(one, ["budget_limit", "max_budget", "time_period", "budget_duration", "soft_budget"], []);
            if (most is null && soft is null)
            {
                one.Report.Problem(one.Origin, "has no amount: give budget_limit, in US dollars, and time_period, such as 1d");
                continue;
            }

            accounts[member.Key] = new Account(new AccountId(kind, member.Key)) { Budgets = [new Budget(most, soft, period)] };
        }

        return accounts.ToFrozenDictionary(StringComparer.Ordinal);
    }

    private CountedTokens CountedTokens()
    {
        var text = general.Text("token_rate_limit_type");
        if (text is null or "total") return Model.CountedTokens.Total;
        if (text is "input") return Model.CountedTokens.Input;
        if (text is "output") return Model.CountedTokens.Output;
        general.Report.Problem(general.At("token_rate_limit_type"), $"must be total, input or output, not '{text}'");
        return Model.CountedTokens.Total;
    }

    private AlertSettings Alerts()
    {
        var (asked, webhook, chat) = (general.Texts("alerting"), (Uri?)null, (Uri?)null);
        foreach (var name in asked)
        {
            if (name is "webhook") webhook = Address("WEBHOOK_URL");
            else if (name is "slack") chat = Address("SLACK_WEBHOOK_URL");
            else general.Report.Warning(general.At("alerting"), $"'{name}' does nothing here; there are webhook and slack");
        }

        return webhook is null && chat is null ? AlertSettings.None : new AlertSettings(webhook, chat);
    }

    private Uri? Address(string variable)
    {
        if (environment[variable] is not { } text)
        {
            general.Report.Warning(general.At("alerting"), $"nobody is told until the environment variable {variable} says where to");
            return null;
        }

        if (Uri.TryCreate(text, UriKind.Absolute, out var address) && (address.Scheme == Uri.UriSchemeHttps || address.Scheme == Uri.UriSchemeHttp)) return address;
        general.Report.Problem(general.At("alerting"), $"the environment variable {variable} is not an http or https address");
        return null;
    }

    private static long? Dollars(ConfigSection section, string key)
    {
        if (section.Number(key) is not { } dollars) return null;
        if (dollars <= MostDollars) return (long)decimal.Round((decimal)dollars * NanosPerDollar);
        section.Report.Problem(section.At(key), $"must be at most {MostDollars:0} US dollars");
        return null;
    }

    private static BudgetPeriod Period(ConfigSection section, string key)
    {
        var text = section.Text(key);
        if (!BudgetPeriod.TryParse(text, DateTime.UnixEpoch, out var period))
            section.Report.Problem(section.At(key), $"must be a length such as 30s, 5m, 12h, 1d, 7d, 30d, 2w or 1mo, not '{text}'");
        return period;
    }
}
