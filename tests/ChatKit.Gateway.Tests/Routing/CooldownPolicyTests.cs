using ChatKit.Gateway.Errors;
using ChatKit.Gateway.Model;
using ChatKit.Gateway.Routing;
using Xunit;

namespace ChatKit.Gateway.Tests.Routing;

/// <summary>Who is given a rest, after which failure, and for how long: the contract's rules, one by one.</summary>
public sealed class CooldownPolicyTests
{
    private static readonly DateTimeOffset _start = new(2026, 11, 22, 10, 0, 0, TimeSpan.Zero);
    private static readonly MinuteUsage _first = new(1, 0, 0, 1);

    [Theory]
    [InlineData(429, true, true)]
    [InlineData(429, false, false)]
    [InlineData(401, true, true)]
    [InlineData(401, false, false)]
    [InlineData(404, true, true)]
    [InlineData(404, false, false)]
    [InlineData(408, true, false)]
    [InlineData(500, true, false)]
    [InlineData(400, true, false)]
    [InlineData(403, true, false)]
    [InlineData(409, true, false)]
    [InlineData(422, true, false)]
    public void The_first_failure_of_a_minute(int status, bool hasPeers, bool cools) =>
        Assert.Equal(cools, Decide(Routes.Answered(status), hasPeers, new CooldownRules(), _first) is not null);

    [Theory]
    [InlineData(500, 2, 3, true, true)]
    [InlineData(408, 2, 3, true, true)]
    [InlineData(503, 0, 5, true, true)]
    [InlineData(500, 1, 3, true, false)]
    [InlineData(500, 3, 3, true, false)]
    [InlineData(500, 0, 5, false, false)]
    [InlineData(422, 0, 9, true, false)]
    public void More_than_half_of_five_calls_or_more(int status, int successes, int failures, bool hasPeers, bool cools) =>
        Assert.Equal(cools, Decide(Routes.Answered(status), hasPeers, new CooldownRules(), new MinuteUsage(successes + failures, 0, successes, failures)) is not null);

    [Theory]
    [InlineData(2, 2, false)]
    [InlineData(2, 3, true)]
    [InlineData(0, 1, true)]
    public void Allowed_fails_bounds_the_failures_of_a_minute_even_of_a_lone_deployment(int allowed, int failures, bool cools) =>
        Assert.Equal(cools, Decide(Routes.Answered(500), false, new CooldownRules { AllowedFails = allowed }, new MinuteUsage(99, 0, 90, failures)) is not null);

    [Theory]
    [InlineData(429, 5, false)]
    [InlineData(429, 6, true)]
    [InlineData(500, 2, true)]
    [InlineData(500, 1, false)]
    [InlineData(401, 4, true)]
    [InlineData(401, 3, false)]
    public void An_allowance_by_class_comes_before_the_general_one(int status, int failures, bool cools)
    {
        var rules = new CooldownRules { AllowedFailsByClass = new ErrorClassCounts(null, null, null, RateLimit: 5, null, InternalServer: 1) };
        Assert.Equal(cools, Decide(Routes.Answered(status), true, rules, new MinuteUsage(9, 0, 0, failures)) is not null);
    }

    [Theory]
    [InlineData(30.0, 7.0, 9.0, 30)]
    [InlineData(null, 7.0, 9.0, 7)]
    [InlineData(null, null, 9.0, 9)]
    [InlineData(null, null, null, 5)]
    [InlineData(null, 86_400.0, null, 3600)]
    public void The_deployments_time_beats_the_providers_beats_the_routers_beats_five_seconds(double? own, double? asked, double? router, double expected)
    {
        var deployment = Routes.Deployment("a") with { CooldownTime = Seconds(own) };
        var cooldown = Decide(Routes.Answered(429) with { RetryAfter = Seconds(asked) }, true, new CooldownRules { Time = Seconds(router) }, _first, deployment);
        Assert.Equal(_start + TimeSpan.FromSeconds(1 + expected), cooldown!.Until);
    }

    [Fact]
    public void Zero_and_disable_cooldowns_give_no_rest()
    {
        Assert.Null(Decide(Routes.Answered(429), true, new CooldownRules { Time = TimeSpan.Zero }, _first));
        Assert.Null(Decide(Routes.Answered(429) with { RetryAfter = TimeSpan.FromSeconds(9) }, true, new CooldownRules(), _first, Routes.Deployment("a") with { CooldownTime = TimeSpan.Zero }));
        Assert.Null(Decide(Routes.Answered(401), true, new CooldownRules { Disabled = true }, _first));
    }

    [Theory]
    [InlineData(nameof(ErrorOrigin.Client))]
    [InlineData(nameof(ErrorOrigin.ClientLeft))]
    [InlineData(nameof(ErrorOrigin.Configuration))]
    [InlineData(nameof(ErrorOrigin.Gateway))]
    [InlineData(nameof(ErrorOrigin.Routing))]
    public void What_the_provider_did_not_say_is_not_held_against_it(string origin) =>
        Assert.Null(Decide(Routes.Answered(429) with { Origin = Enum.Parse<ErrorOrigin>(origin) }, true, new CooldownRules { AllowedFails = 0 }, _first));

    [Fact]
    public void A_model_that_a_client_made_up_does_not_close_the_wildcard_for_the_others() =>
        Assert.Null(Decide(Routes.Answered(404), true, new CooldownRules(), _first, Routes.Deployment("a") with { UpstreamModel = "*" }));

    private static TimeSpan? Seconds(double? seconds) => seconds is null ? null : TimeSpan.FromSeconds(seconds.Value);

    [Theory]
    [InlineData(401, true)]
    [InlineData(404, true)]
    [InlineData(429, false)]
    public void A_lone_deployment_rests_after_401_and_404_where_another_group_stands_in(int status, bool cools) =>
        Assert.Equal(cools, CooldownPolicy.Decide(Attempts.Failed(Routes.Deployment("a"), Routes.Answered(status), _start), false, true, new CooldownRules(), _first) is not null);

    private static Cooldown? Decide(GatewayError error, bool hasPeers, CooldownRules rules, MinuteUsage minute, Deployment? deployment = null) =>
        CooldownPolicy.Decide(Attempts.Failed(deployment ?? Routes.Deployment("a"), error, _start), hasPeers, false, rules, minute);
}
