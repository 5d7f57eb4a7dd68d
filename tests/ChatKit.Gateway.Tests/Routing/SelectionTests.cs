using ChatKit.Gateway.Errors;
using ChatKit.Gateway.Model;
using ChatKit.Gateway.Routing;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace ChatKit.Gateway.Tests.Routing;

/// <summary>Who of a group may be asked: rest, health, places, tags, order, in this order.</summary>
public sealed class SelectionTests
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 22, 10, 0, 0, TimeSpan.Zero));
    private readonly List<string> _tried = [];

    [Fact]
    public async Task A_resting_deployment_gets_no_calls()
    {
        var (a, b) = (Resting("a", 5), Routes.Deployment("b"));
        for (var i = 0; i < 20; i++) await RouteAsync(Routes.Of([a, b]));
        Assert.All(_tried, id => Assert.Equal("b", id));
    }

    [Fact]
    public async Task When_all_rest_the_client_hears_for_how_long()
    {
        var error = await RouteAsync(Routes.Of([Resting("a", 7.2), Resting("b", 3.5)]));
        Assert.Equal((429, "No deployments available for selected model, Try again in 4 seconds. Passed model=g. pre-call-checks=False, cooldown_list=['a', 'b']"), (error!.Status, error.Message));
        Assert.Equal(TimeSpan.FromSeconds(3.5), error.RetryAfter);
        Assert.Empty(_tried);
        _time.Advance(TimeSpan.FromSeconds(3.5));
        Assert.Null(await RouteAsync(Routes.Of([Resting("a", 7), Routes.Deployment("b")])));
    }

    [Fact]
    public async Task A_failed_health_check_counts_while_somebody_passed()
    {
        var (a, b) = (Routes.Deployment("a"), Routes.Deployment("b"));
        a.State.Unhealthy = "500";
        for (var i = 0; i < 20; i++) await RouteAsync(Routes.Of([a, b]));
        Assert.All(_tried, id => Assert.Equal("b", id));
        b.State.Unhealthy = "500";
        Assert.Null(await RouteAsync(Routes.Of([a, b])));
    }

    [Fact]
    public async Task The_next_order_serves_while_the_lowest_rests()
    {
        var (a, b) = (Resting("a", 5) with { Order = 1 }, Routes.Deployment("b") with { Order = 2 });
        await RouteAsync(Routes.Of([a, b]));
        _time.Advance(TimeSpan.FromSeconds(5));
        await RouteAsync(Routes.Of([a, b]));
        Assert.Equal(["b", "a"], _tried);
    }

    [Theory]
    [InlineData("free", "paid")]
    [InlineData("paid", "free")]
    public async Task Tags_choose_the_deployments_that_share_one(string tag, string other)
    {
        var route = Tagged([tag], Routes.Deployment(other) with { Tags = [other] }, Routes.Deployment(tag) with { Tags = [tag, "x"] }, Routes.Deployment("none"));
        await RouteAsync(route);
        Assert.Equal([tag], _tried);
    }

    [Fact]
    public async Task Calls_without_a_fitting_tag_go_to_default_and_else_nowhere()
    {
        var (free, common) = (Routes.Deployment("free") with { Tags = ["free"] }, Routes.Deployment("common") with { Tags = ["default"] });
        await RouteAsync(Tagged([], free, common));
        await RouteAsync(Tagged(["unknown"], free, common));
        await RouteAsync(Tagged([], free));
        Assert.Equal(["common", "common", "free"], _tried);

        var error = await RouteAsync(Tagged(["unknown"], free));
        Assert.Equal((401, "Not allowed to access model due to tags configuration. Passed model=g and tags=[unknown]"), (error!.Status, error.Message));
    }

    [Fact]
    public async Task Where_all_tags_must_match_one_is_not_enough()
    {
        var (one, both) = (Routes.Deployment("one") with { Tags = ["a"] }, Routes.Deployment("both") with { Tags = ["b", "a"] });
        for (var i = 0; i < 20; i++)
            await RouteAsync(Tagged(new RoutingSettings { FiltersTags = true, MatchesAnyTag = false }, ["a", "b"], one, both));
        Assert.All(_tried, id => Assert.Equal("both", id));
    }

    [Fact]
    public async Task Tags_do_nothing_where_they_are_not_asked_for()
    {
        var route = new CallRoute(Routes.Snapshot(RoutingSettings.Default), new ModelMatch(new ModelGroup("g", [Routes.Deployment("a") with { Tags = ["x"] }]), []), "g") { Tags = ["y"] };
        Assert.Null(await RouteAsync(route));
    }

    [Fact]
    public async Task What_cannot_take_the_call_is_left_for_another_without_a_retry()
    {
        var deployments = new[] { Routes.Deployment("a") with { Order = 1 }, Routes.Deployment("b") with { Order = 2 } };
        var error = await RouteAsync(Routes.Of(deployments, retries: 0), id => id == "a" ? Routes.Answered(400) with { Origin = ErrorOrigin.Client } : null);
        Assert.Null(error);
        Assert.Equal(["a", "b"], _tried);
    }

    [Fact]
    public async Task Another_is_somebody_who_was_not_tried_and_holds_its_place_until_it_is_given_back()
    {
        var (a, b) = (Routes.Deployment("a"), Routes.Deployment("b") with { MaxParallel = 1 });
        var (router, route) = (Routes.Router(_time), Routes.Of([a, b]));
        await router.RouteAsync(route, (_, deployment, _) =>
        {
            using (var another = router.PickAnother(route))
            {
                Assert.NotSame(deployment, another.Deployment);
                Assert.Equal(2, another.Number);
                Assert.Equal(1, another.Deployment!.State.InFlight);
                using var third = router.PickAnother(route);
                Assert.Null(third.Deployment);
            }

            return ValueTask.FromResult<GatewayError?>(null);
        });
        Assert.Equal((0, 0), (a.State.InFlight, b.State.InFlight));
        Assert.Equal((1, 1), (a.State.Minute.At(_time.GetUtcNow()).Requests, b.State.Minute.At(_time.GetUtcNow()).Requests));
    }

    [Fact]
    public async Task Where_all_are_full_a_call_waits_in_line_and_not_forever()
    {
        var (full, settings) = (Routes.Deployment("a"), new RoutingSettings { MaxParallel = 1, ParallelWait = TimeSpan.FromSeconds(3) });
        Assert.True(full.State.Slots.TryTake(1));
        var (first, second) = (RouteAsync(Routes.Of([full], settings: settings)).AsTask(), RouteAsync(Routes.Of([full], settings: settings)).AsTask());
        Assert.Empty(_tried);
        full.State.Slots.Release();
        Assert.Null(await first);
        Assert.Null(await second);

        Assert.True(full.State.Slots.TryTake(1));
        var third = RouteAsync(Routes.Of([full], settings: settings)).AsTask();
        _time.Advance(TimeSpan.FromSeconds(3));
        var error = await third;
        Assert.Equal((429, TimeSpan.FromSeconds(1)), (error!.Status, error.RetryAfter));
        Assert.Contains("max_parallel_requests", error.Message, StringComparison.Ordinal);
        Assert.Equal(["a", "a"], _tried);
    }

    [Fact]
    public async Task A_full_deployment_leaves_the_call_to_one_with_a_free_place_even_of_a_later_order()
    {
        var (full, free) = (Routes.Deployment("a") with { MaxParallel = 1 }, Routes.Deployment("b") with { Order = 1 });
        Assert.True(full.State.Slots.TryTake(1));
        Assert.Null(await RouteAsync(Routes.Of([full, free])));
        Assert.Equal(["b"], _tried);
    }

    [Fact]
    public async Task A_trace_tells_every_candidate_and_why_it_was_passed_over()
    {
        var trace = new RouteTrace();
        var group = new ModelGroup("g", [Resting("a", 5), Routes.Deployment("b") with { Order = 1 }, Routes.Deployment("c")]);
        await RouteAsync(new CallRoute(Routes.Snapshot(RoutingSettings.Default), new ModelMatch(group, []), "g") { Trace = trace });
        var choice = Assert.Single(trace.Choices);
        Assert.Equal(("c", "at random"), (choice.Chosen!.Id, choice.Reason));
        Assert.Equal(
            [("a", "resting for 5 s more: test"), ("b", "order 0 comes before its 1"), ("c", null)],
            choice.Candidates.Select(candidate => (candidate.Deployment.Id, candidate.PassedOver)));
    }

    private static CallRoute Tagged(string[] tags, params Deployment[] deployments) => Tagged(new RoutingSettings { FiltersTags = true }, tags, deployments);

    private static CallRoute Tagged(RoutingSettings settings, string[] tags, params Deployment[] deployments) =>
        new(Routes.Snapshot(settings), new ModelMatch(new ModelGroup("g", deployments), []), "g") { Tags = tags };

    private Deployment Resting(string id, double seconds)
    {
        var deployment = Routes.Deployment(id);
        deployment.State.Cool(new Cooldown(_time.GetUtcNow().AddSeconds(seconds), 429, "test"));
        return deployment;
    }

    private ValueTask<GatewayError?> RouteAsync(CallRoute route, Func<string, GatewayError?>? answer = null) => Routes.Router(_time).RouteAsync(route, (_, deployment, _) =>
    {
        _tried.Add(deployment.Id);
        return ValueTask.FromResult(answer?.Invoke(deployment.Id));
    });
}
