using ChatKit.Gateway.Model;
using ChatKit.Gateway.Tests.Config;
using Xunit;

namespace ChatKit.Gateway.Tests.Keys;

/// <summary>What the file says about keys, and what of it is refused.</summary>
public sealed class KeySettingsTests
{
    [Fact]
    public void Every_setting_is_read()
    {
        var keys = ConfigFolder.Bind(
            """
            model_list: []
            general_settings:
              user_api_key_cache_ttl: 7
              user_api_key_cache_size: 12
              allow_requests_on_db_unavailable: true
              allowed_ips: [10.1.2.3, "2001:db8::/32"]
              public_routes: [LiteLLMRoutes.public_routes, /v1/models]
              enforce_user_param: true
            litellm_settings:
              max_end_user_budget_id: small
              default_key_generate_params: { max_budget: 1.5, duration: 30d, models: [fast], metadata: { app: x } }
              upperbound_key_generate_params: { tpm_limit: 10, budget_duration: 7d }
            """).Settings.Keys;

        Assert.Equal((TimeSpan.FromSeconds(7), 12, true, true, "small"), (keys.CacheTtl, keys.CacheSize, keys.AdmitsUnknownWhileDown, keys.RequiresUser, keys.CustomerBudgetId));
        Assert.Equal(["10.1.2.3/32", "2001:db8::/32"], keys.AllowedAddresses!.Select(static network => network.ToString()));
        Assert.True(keys.PublicRoutes!.Includes("/health/readiness"));
        Assert.Equal((1_500_000_000L, "30d", "fast", "{\"app\":\"x\"}"), (keys.Defaults.MaxBudget!.Value, keys.Defaults.Duration, keys.Defaults.Models.Single(), keys.Defaults.Metadata));
        Assert.Equal((10L, "7d"), (keys.UpperBounds.TpmLimit!.Value, keys.UpperBounds.BudgetDuration));
    }

    [Fact]
    public void Without_any_the_defaults_hold()
    {
        var keys = ConfigFolder.Bind("model_list: []").Settings.Keys;
        Assert.Equal((null, 100_000, false), (keys.CacheTtl, keys.CacheSize, keys.AdmitsUnknownWhileDown));
        Assert.Null(keys.AllowedAddresses);
        Assert.Same(KeyParameters.None, keys.Defaults);
    }

    [Theory]
    [InlineData("general_settings: { allowed_ips: [everywhere] }", "'everywhere' is neither an IP address nor a network")]
    [InlineData("general_settings: { allowed_routes: [llm_routes] }", "'llm_routes' must be a path that begins with '/'")]
    [InlineData("general_settings: { user_api_key_cache_size: 0 }", "must be a whole number of at least 1")]
    [InlineData("general_settings: { user_api_key_cache_ttl: never }", "must be a number of seconds")]
    [InlineData("litellm_settings: { default_key_generate_params: { duration: a month } }", "must be a duration")]
    [InlineData("litellm_settings: { key_generation_settings: { team_key_generation: { allowed_team_member_roles: [boss] } } }", "'boss' must be one of admin, user")]
    [InlineData("litellm_settings: { upperbound_key_generate_params: { max_budget: much } }", "must be a number")]
    public void What_is_wrong_is_told_with_its_place(string yaml, string expected) => Assert.Contains(ConfigFolder.ProblemsOf($"model_list: []\n{yaml}"), problem => problem.Contains(expected, StringComparison.Ordinal));

    [Fact]
    public void A_parameter_that_nobody_knows_is_warned_about() => Assert.Contains(
        ConfigFolder.WarningsOf("model_list: []\nlitellm_settings: { default_key_generate_params: { max_bugdet: 5 } }"),
        static warning => warning.Contains("max_budget", StringComparison.Ordinal));
}
