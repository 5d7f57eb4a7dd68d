using System.Text;
using ChatKit.Gateway.Errors;
using ChatKit.Gateway.Model;
using ChatKit.Gateway.Routing;
using ChatKit.Gateway.Wire;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace ChatKit.Gateway.Tests.Routing;

/// <summary>Which groups a call goes to after its own, and what is told when none answers.</summary>
public sealed class FallbackTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly List<string> _tried = [];

    [Fact]
    public async Task The_groups_of_the_list_are_asked_in_turn()
    {
        Assert.Null(await RouteAsync("a", Rules(("a", ["b", "c"])), id => id == "c" ? null : Routes.Answered(500)));
        Assert.Equal(["a", "b", "c"], _tried);
    }

    [Theory]
    [InlineData("a", "b")]
    [InlineData("x", "d")]
    public async Task The_star_is_for_groups_without_a_list(string model, string next)
    {
        await RouteAsync(model, Rules(("a", ["b"]), ("*", ["d"])), id => id == model ? Routes.Answered(500) : null);
        Assert.Equal([model, next], _tried);
    }

    [Fact]
    public async Task Default_fallbacks_come_where_nothing_else_is_said()
    {
        var rules = Rules(("a", ["b"])) with { Default = ["d"] };
        await RouteAsync("x", rules, id => id == "x" ? Routes.Answered(400) : null);
        Assert.Equal(["x", "d"], _tried);
    }

    [Fact]
    public async Task An_input_that_is_too_long_and_a_filters_refusal_have_their_own_lists()
    {
        var rules = Rules(("a", ["b"])) with { ContextWindow = Map(("a", ["c"])), ContentPolicy = Map(("a", ["d"])) };
        await RouteAsync("a", rules, id => id == "a" ? Routes.Answered(400) with { Code = "context_length_exceeded" } : null);
        await RouteAsync("a", rules, id => id == "a" ? Routes.Answered(400) with { Code = "content_filter" } : null);
        await RouteAsync("a", rules, id => id == "a" ? Routes.Answered(400) : null);
        Assert.Equal(["a", "c", "a", "d", "a", "b"], _tried);
    }

    [Fact]
    public async Task Without_a_list_of_their_own_they_go_where_all_errors_go()
    {
        await RouteAsync("a", Rules(("a", ["b"])), id => id == "a" ? Routes.Answered(400) with { Code = "context_length_exceeded" } : null);
        Assert.Equal(["a", "b"], _tried);
    }

    [Fact]
    public async Task What_has_a_list_of_its_own_is_not_retried_whatever_the_policy_says()
    {
        var settings = new RoutingSettings { Fallbacks = new FallbackRules { ContentPolicy = Map(("a", ["b"])) }, RetriesByClass = new ErrorClassCounts(3, null, null, null, 3, null) };
        await RouteAsync("a", settings, id => id == "a" ? Routes.Answered(400) with { Code = "content_filter" } : null);
        Assert.Equal(["a", "b"], _tried);
    }

    [Fact]
    public async Task When_all_fail_the_first_error_tells_what_was_tried()
    {
        var error = await RouteAsync("a", Rules(("a", ["b", "nobody", "c"])), id => Routes.Answered(id == "a" ? 401 : 500) with { Message = $"{id} failed" });
        Assert.Equal(401, error!.Status);
        Assert.Equal(
            "a failed. Received Model Group=a\nAvailable Model Group Fallbacks=['b', 'nobody', 'c']\nError doing the fallback: b: b failed; nobody: no such model; c: c failed",
            error.Message);
    }

    [Fact]
    public async Task A_group_that_fails_may_name_others_and_none_is_asked_twice()
    {
        await RouteAsync("a", Rules(("a", ["b", "d"]), ("b", ["c", "a"]), ("c", ["b"])), _ => Routes.Answered(500));
        Assert.Equal(["a", "b", "c", "d"], _tried);
    }

    [Fact]
    public async Task There_are_no_more_than_max_fallbacks()
    {
        await RouteAsync("a", Rules(("a", ["b", "c", "d"])) with { Most = 2 }, _ => Routes.Answered(500));
        Assert.Equal(["a", "b", "c"], _tried);
    }

    [Fact]
    public async Task A_target_may_be_one_deployment_by_its_id()
    {
        await RouteAsync("a", Rules(("a", ["id-of-c"])), id => id == "a" ? Routes.Answered(500) : null);
        Assert.Equal(["a", "c"], _tried);
    }

    [Fact]
    public async Task Who_has_left_and_a_bug_and_what_cannot_be_sent_again_end_it()
    {
        foreach (var end in (GatewayError[])[GatewayError.ClientLeft, GatewayError.Unexpected, Routes.Answered(500) with { IsFinal = true }])
        {
            _tried.Clear();
            Assert.Same(end, await RouteAsync("a", Rules(("a", ["b"])), _ => end));
            Assert.Equal(["a"], _tried);
        }
    }

    [Fact]
    public async Task A_group_that_rests_or_cannot_serve_the_call_gives_way_at_once()
    {
        var snapshot = Snapshot(new RoutingSettings { Fallbacks = Rules(("a", ["b"])) });
        snapshot.Groups["a"].Deployments[0].State.Cool(new Cooldown(_time.GetUtcNow().AddSeconds(9), 429, "test"));
        Assert.Null(await RouteAsync("a", snapshot, new CallEnvelope(), _ => null));
        Assert.Equal(["b"], _tried);

        _tried.Clear();
        await RouteAsync("c", Rules(("c", ["b"])), id => id == "c" ? new GatewayError(400, "t", "c does not serve it") { Origin = ErrorOrigin.Configuration } : null);
        Assert.Equal(["c", "b"], _tried);
    }

    [Fact]
    public async Task A_rate_limit_with_nobody_left_goes_to_the_fallback_without_waiting()
    {
        var snapshot = Snapshot(new RoutingSettings { Fallbacks = Rules(("a", ["b"])) });
        var route = Route("a", snapshot, new CallEnvelope(), retries: 5);
        Assert.Null(await RouteAsync(route, id =>
        {
            if (id != "a") return null;
            snapshot.Groups["a"].Deployments[0].State.Cool(new Cooldown(_time.GetUtcNow().AddSeconds(30), 429, "test"));
            return Routes.Answered(429);
        }));
        Assert.Equal(["a", "b"], _tried);
    }

    [Theory]
    [InlineData("""{"fallbacks":["c","d"]}""", "a c")]
    [InlineData("""{"fallbacks":[{"model":"d"}]}""", "a d")]
    [InlineData("""{"fallbacks":[{"a":["d"]}]}""", "a d")]
    [InlineData("""{"fallbacks":[{"z":["d"]}]}""", "a")]
    [InlineData("""{"disable_fallbacks":true}""", "a")]
    [InlineData("""{"mock_testing_fallbacks":true}""", "b")]
    public async Task The_clients_lists_count_in_place_of_the_configured(string body, string tried)
    {
        var envelope = Envelope(body);
        await RouteAsync("a", Snapshot(new RoutingSettings { Fallbacks = Rules(("a", ["b"])) }), envelope, id => id == "a" ? Routes.Answered(500) : null);
        Assert.Equal(tried.Split(' '), _tried);
    }

    [Fact]
    public async Task A_fallback_begins_anew_with_tags_orders_and_tries()
    {
        var snapshot = Snapshot(new RoutingSettings { Fallbacks = Rules(("a", ["b"])) });
        var route = Route("a", snapshot, new CallEnvelope(), retries: 1);
        await RouteAsync(route, _ => Routes.Answered(500));
        Assert.Equal(["a", "a", "b", "b"], _tried);
        Assert.Equal((1, 4, "b"), (route.Fallbacks, route.Attempts, route.Model));
    }

    private static FallbackRules Rules(params (string Group, string[] Targets)[] lists) => new() { General = Map(lists) };

    private static FallbackMap Map(params (string Group, string[] Targets)[] lists) => new(lists.ToDictionary(list => list.Group, IReadOnlyList<string> (list) => list.Targets));

    private static CallEnvelope Envelope(string body)
    {
        Assert.Null(CallEnvelopeReader.Read(Encoding.UTF8.GetBytes("{\"messages\":[{}]," + body[1..]), new RequiredMember("messages", MemberShape.Messages), out var envelope));
        return envelope;
    }

    /// <summary>Groups a, b, c, d and x of one deployment each.</summary>
    private static GatewaySnapshot Snapshot(RoutingSettings settings)
    {
        var deployments = "abcdx".Select(name => Routes.Deployment(name.ToString()) with { GroupName = name.ToString() }).ToList();
        return Routes.Snapshot(settings, deployments) with { ById = System.Collections.Frozen.FrozenDictionary.ToFrozenDictionary([KeyValuePair.Create("id-of-c", new ModelGroup("c", [deployments[2]]))]) };
    }

    private static CallRoute Route(string model, GatewaySnapshot snapshot, CallEnvelope envelope, int retries = 0) =>
        new(snapshot, snapshot.Resolve(model)!, model) { Envelope = envelope, Retries = retries };

    private Task<GatewayError?> RouteAsync(string model, FallbackRules rules, Func<string, GatewayError?> answer) => RouteAsync(model, new RoutingSettings { Fallbacks = rules }, answer);

    private Task<GatewayError?> RouteAsync(string model, RoutingSettings settings, Func<string, GatewayError?> answer) => RouteAsync(model, Snapshot(settings), new CallEnvelope(), answer);

    private Task<GatewayError?> RouteAsync(string model, GatewaySnapshot snapshot, CallEnvelope envelope, Func<string, GatewayError?> answer) =>
        RouteAsync(Route(model, snapshot, envelope, retries: envelope.Routing is null && snapshot.Settings.Routing.RetriesByClass is not null ? 3 : 0), answer);

    private async Task<GatewayError?> RouteAsync(CallRoute route, Func<string, GatewayError?> answer)
    {
        var routing = Routes.Router(_time).RouteAsync(route, (_, deployment, _) =>
        {
            _tried.Add(deployment.Id);
            return ValueTask.FromResult(answer(deployment.Id));
        }).AsTask();
        while (!routing.IsCompleted)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        return await routing;
    }
}
