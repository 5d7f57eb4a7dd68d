using ChatKit.Gateway.Errors;
using ChatKit.Gateway.Model;
using ChatKit.Gateway.Routing;
using ChatKit.Gateway.Routing.Strategies;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace ChatKit.Gateway.Tests.Routing;

/// <summary>Which deployment is tried when; attempts are made up, time is ours.</summary>
public sealed class RouterTests
{
    private readonly FakeTimeProvider _time = new() { AutoAdvanceAmount = TimeSpan.Zero };
    private readonly List<string> _tried = [];

    [Fact]
    public async Task The_first_success_ends_it()
    {
        Assert.Null(await RouteAsync([D("a")], retries: 2, (_, _) => null));
        Assert.Equal(["a1"], _tried);
    }

    [Theory]
    [InlineData(408, 3)]
    [InlineData(409, 3)]
    [InlineData(429, 3)]
    [InlineData(500, 3)]
    [InlineData(503, 3)]
    [InlineData(400, 1)]
    [InlineData(401, 1)]
    [InlineData(403, 1)]
    [InlineData(404, 1)]
    [InlineData(422, 1)]
    public async Task Only_what_may_pass_is_tried_again(int status, int tries)
    {
        var error = await RouteAsync([D("a")], retries: 2, (_, _) => Routes.Answered(status));
        Assert.Equal(status, error?.Status);
        Assert.Equal(tries, _tried.Count);
    }

    [Theory]
    [InlineData(nameof(ErrorOrigin.UpstreamTransport), 3)]
    [InlineData(nameof(ErrorOrigin.Timeout), 3)]
    [InlineData(nameof(ErrorOrigin.Client), 1)]
    [InlineData(nameof(ErrorOrigin.ClientLeft), 1)]
    public async Task Broken_connections_pass_and_bad_requests_do_not(string origin, int tries)
    {
        await RouteAsync([D("a")], retries: 2, (_, _) => Routes.Answered(500) with { Origin = Enum.Parse<ErrorOrigin>(origin) });
        Assert.Equal(tries, _tried.Count);
    }

    [Fact]
    public async Task A_retry_goes_to_whoever_was_not_asked_yet_and_at_once()
    {
        await RouteAsync([D("a"), D("b"), D("c")], retries: 2, (_, _) => Routes.Answered(500), advance: false);
        Assert.Equal(["a", "b", "c"], _tried.Select(t => t[..1]).Order());
        Assert.Equal(["1", "2", "3"], _tried.Select(t => t[1..]));
    }

    [Fact]
    public async Task A_refused_key_is_worth_another_deployment_with_another_key()
    {
        await RouteAsync([D("a"), D("b")], retries: 1, (_, _) => Routes.Answered(401));
        Assert.Equal(["a", "b"], _tried.Select(t => t[..1]).Order());
    }

    [Fact]
    public async Task The_lowest_order_gets_all_its_tries_first()
    {
        await RouteAsync([D("b", order: 2), D("a", order: 1)], retries: 1, (_, _) => Routes.Answered(500));
        Assert.Equal(["a1", "a2", "b3", "b4"], _tried);
    }

    [Fact]
    public async Task Without_a_peer_it_waits_as_long_as_the_provider_asks()
    {
        var routing = RouteAsync([D("a")], retries: 1, (_, _) => Routes.Answered(429) with { RetryAfter = TimeSpan.FromSeconds(7) }, advance: false);
        _time.Advance(TimeSpan.FromSeconds(6.9));
        Assert.Equal(["a1"], _tried);
        _time.Advance(TimeSpan.FromSeconds(0.2));
        await routing;
        Assert.Equal(["a1", "a2"], _tried);
    }

    [Fact]
    public async Task A_client_that_leaves_during_a_wait_ends_it()
    {
        using var client = new CancellationTokenSource();
        var routing = Routes.Router(_time).RouteAsync(Routes.Of([D("a")], retries: 5, clientLeft: client.Token), (_, _, _) => ValueTask.FromResult<GatewayError?>(Routes.Answered(500)));
        await client.CancelAsync();
        Assert.Equal(ErrorOrigin.ClientLeft, (await routing)?.Origin);
    }

    [Fact]
    public void Waits_grow_and_have_an_upper_bound_and_are_never_in_step()
    {
        var policy = new RetryPolicy(new Random(1));
        var waits = Enumerable.Range(0, 50).Select(retry => policy.WaitBefore(retry, Routes.Answered(500), anotherIsHealthy: false, TimeSpan.Zero)).ToList();
        Assert.InRange(waits[0].TotalSeconds, 0.375, 0.5);
        Assert.InRange(waits[3].TotalSeconds, 3, 4);
        Assert.All(waits.Skip(4), wait => Assert.InRange(wait.TotalSeconds, 6, 8));
        Assert.Equal(waits.Count, waits.Distinct().Count());
        Assert.InRange(policy.WaitBefore(0, Routes.Answered(429) with { RetryAfter = TimeSpan.FromHours(1) }, false, TimeSpan.Zero).TotalSeconds, 0.375, 0.5);
    }

    [Fact]
    public void Shares_follow_the_weights_of_the_first_deployment_that_has_them()
    {
        var counts = Count([D("a") with { Weight = 3 }, D("b") with { Weight = 1, Rpm = 1000 }, D("c")]);
        Assert.InRange(counts["a"], 7200, 7800);
        Assert.InRange(counts["b"], 2200, 2800);
        Assert.False(counts.ContainsKey("c"));
        Assert.InRange(Count([D("a") with { Rpm = 90 }, D("b") with { Rpm = 10 }])["a"], 8700, 9300);
        Assert.InRange(Count([D("a") with { Tpm = 10 }, D("b") with { Tpm = 90 }])["a"], 700, 1300);
        Assert.InRange(Count([D("a"), D("b")])["a"], 4700, 5300);
        Assert.InRange(Count([D("a") with { Weight = 0 }, D("b") with { Weight = 0 }])["a"], 4700, 5300);
    }

    private static Dictionary<string, int> Count(Deployment[] deployments)
    {
        var (shuffle, route) = (new SimpleShuffle(new Random(42)), Routes.Of(deployments));
        return Enumerable.Range(0, 10_000).Select(_ => shuffle.Pick(deployments, route, default).Id).CountBy(id => id).ToDictionary();
    }

    private async Task<GatewayError?> RouteAsync(Deployment[] deployments, int retries, Func<Deployment, int, GatewayError?> attempt, bool advance = true)
    {
        var routing = Routes.Router(_time).RouteAsync(Routes.Of(deployments, retries), Run).AsTask();
        while (advance && !routing.IsCompleted)
        {
            _time.Advance(TimeSpan.FromSeconds(10));
            await Task.Yield();
        }

        return await routing;

        ValueTask<GatewayError?> Run(CallRoute route, Deployment deployment, int number)
        {
            _tried.Add($"{deployment.Id}{number}");
            return ValueTask.FromResult(attempt(deployment, number));
        }
    }

    private static Deployment D(string id, int order = 0) => Routes.Deployment(id) with { Order = order };
}
