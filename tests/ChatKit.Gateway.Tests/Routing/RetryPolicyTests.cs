using ChatKit.Gateway.Errors;
using ChatKit.Gateway.Model;
using ChatKit.Gateway.Routing;
using Xunit;

namespace ChatKit.Gateway.Tests.Routing;

/// <summary>How many tries, by whom: every level of <c>num_retries</c>, and the policies by class of error.</summary>
public sealed class RetryPolicyTests
{
    [Theory]
    [InlineData(7, 3, 7)]
    [InlineData(null, 3, 3)]
    [InlineData(null, null, 2)]
    [InlineData(0, 3, 0)]
    public void The_client_comes_before_the_deployment_and_that_before_the_router(int? client, int? deployment, int expected) =>
        Assert.Equal(expected, RetryPolicy.Retries(Routes.Of([Routes.Deployment("a")], client), Routes.Deployment("a") with { Retries = deployment }, Routes.Answered(500)));

    [Theory]
    [InlineData(400, null, 1)]
    [InlineData(401, null, 2)]
    [InlineData(408, null, 3)]
    [InlineData(429, null, 4)]
    [InlineData(400, "content_filter", 5)]
    [InlineData(500, null, 6)]
    [InlineData(503, null, 6)]
    [InlineData(404, null, 0)]
    public void A_policy_by_class_counts_for_its_class_even_of_what_is_else_not_retried(int status, string? code, int expected)
    {
        var settings = new RoutingSettings { RetriesByClass = new ErrorClassCounts(1, 2, 3, 4, 5, 6) };
        Assert.Equal(expected, Retries(settings, Routes.Answered(status) with { Code = code }));
    }

    [Fact]
    public void A_groups_policy_comes_before_the_one_for_all()
    {
        var settings = new RoutingSettings
        {
            RetriesByClass = new ErrorClassCounts(null, null, null, RateLimit: 4, null, InternalServer: 6),
            RetriesByGroup = new Dictionary<string, ErrorClassCounts> { ["g"] = new(null, null, null, RateLimit: 9, null, null) },
        };
        Assert.Equal(9, Retries(settings, Routes.Answered(429)));
        Assert.Equal(6, Retries(settings, Routes.Answered(500)));
        Assert.Equal(2, Retries(settings, Routes.Answered(408)));
    }

    [Fact]
    public void The_shortest_wait_bounds_the_backoff_and_nothing_is_waited_for_where_another_is_healthy()
    {
        var policy = new RetryPolicy(new Random(1));
        Assert.Equal(TimeSpan.FromSeconds(20), policy.WaitBefore(0, Routes.Answered(500), false, TimeSpan.FromSeconds(20)));
        Assert.Equal(TimeSpan.Zero, policy.WaitBefore(3, Routes.Answered(429) with { RetryAfter = TimeSpan.FromSeconds(9) }, true, TimeSpan.FromSeconds(20)));
        Assert.Equal(TimeSpan.FromSeconds(60), policy.WaitBefore(0, Routes.Answered(429) with { RetryAfter = TimeSpan.FromSeconds(60) }, false, TimeSpan.Zero));
    }

    private static int Retries(RoutingSettings settings, GatewayError error) =>
        RetryPolicy.Retries(Routes.Of([Routes.Deployment("a")], settings: settings), Routes.Deployment("a"), error);
}
