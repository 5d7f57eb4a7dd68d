using ChatKit.Gateway.Errors;
using ChatKit.Gateway.Model;
using ChatKit.Gateway.Routing.Strategies;

namespace ChatKit.Gateway.Routing;

/// <summary>
/// Chooses one deployment of a group: who may be asked at all (<see cref="CandidateFilter"/>), of those the lowest <c>order</c>, of those who was not asked
/// yet, of those whom the strategy prefers.
/// </summary>
internal sealed class DeploymentPicker(RoutingStrategies strategies)
{
    [ThreadStatic]
    private static Deployment[]? _scratch;

    /// <param name="route">The call.</param>
    /// <param name="floor">Orders below this one are over.</param>
    /// <param name="now">The moment of the choice.</param>
    /// <param name="problem">Why there is nobody.</param>
    public Deployment? Pick(CallRoute route, int floor, DateTimeOffset now, out GatewayError? problem)
    {
        var group = route.Match.Group;
        var choice = route.Trace?.Open(group.Name);
        var candidates = Copy(group.Candidates);
        var left = KeepFrom(candidates, floor, choice);
        var picked = left == 0 ? Nobody(choice, route, out problem) : Pick(candidates[..left], route, now, choice, out problem);
        candidates.Clear();
        return picked;
    }

    /// <summary>How long until somebody of these orders may be asked: zero where somebody may now, null where nobody will for all that is known.</summary>
    public static TimeSpan? WaitForAnybody(CallRoute route, int floor, Deployment? except, DateTimeOffset now)
    {
        TimeSpan? shortest = null;
        var candidates = route.Match.Group.Candidates;
        for (var i = 0; i < candidates.Count; i++)
        {
            var candidate = candidates[i];
            if (candidate.Order < floor || ReferenceEquals(candidate, except) || route.IsExcluded(candidate) || !TagFilter.MayServe(candidate, route)) continue;
            var wait = candidate.State.CooldownAt(now) is { } cooldown ? cooldown.Until - now : TimeSpan.Zero;
            if (shortest is null || wait < shortest) shortest = wait;
        }

        return shortest;
    }

    private Deployment? Pick(Span<Deployment> candidates, CallRoute route, DateTimeOffset now, RouteChoice? choice, out GatewayError? problem)
    {
        var left = CandidateFilter.Keep(candidates, route, now, choice, out problem);
        if (left == 0)
        {
            choice?.ChooseNobody(problem!.Message);
            return null;
        }

        left = KeepLowestOrder(candidates[..left], choice);
        left = KeepUntried(candidates[..left], route, choice);
        var strategy = strategies.Of(route.Settings.Strategy.Kind);
        var picked = strategy.Pick(candidates[..left], route, now);
        if (picked is null)
        {
            problem = PreCallChecks.AtLimits(route, now);
            choice?.ChooseNobody(problem.Message);
            return null;
        }

        for (var i = 0; choice is not null && i < left; i++)
        {
            if (ReferenceEquals(candidates[i], picked)) choice.Choose(picked, strategy.Explain(picked, route, now));
            else choice.PassOver(candidates[i], "the strategy preferred another");
        }

        return picked;
    }

    private static Deployment? Nobody(RouteChoice? choice, CallRoute route, out GatewayError problem)
    {
        problem = new GatewayError(400, "invalid_request_error", $"No deployments available for selected model. Passed model={route.Model}", "model") { Origin = ErrorOrigin.Routing };
        choice?.ChooseNobody(problem.Message);
        return null;
    }

    private static Span<Deployment> Copy(IReadOnlyList<Deployment> candidates)
    {
        if (_scratch is null || _scratch.Length < candidates.Count) _scratch = new Deployment[Math.Max(16, candidates.Count)];
        for (var i = 0; i < candidates.Count; i++) _scratch[i] = candidates[i];
        return _scratch.AsSpan(0, candidates.Count);
    }

    private static int KeepFrom(Span<Deployment> candidates, int floor, RouteChoice? choice)
    {
        var left = 0;
        foreach (var candidate in candidates)
        {
            if (candidate.Order >= floor) candidates[left++] = candidate;
            else choice?.PassOver(candidate, "its order had all its tries");
        }

        return left;
    }

    private static int KeepLowestOrder(Span<Deployment> candidates, RouteChoice? choice)
    {
        var lowest = int.MaxValue;
        foreach (var candidate in candidates) lowest = Math.Min(lowest, candidate.Order);
        var left = 0;
        foreach (var candidate in candidates)
        {
            if (candidate.Order == lowest) candidates[left++] = candidate;
            else choice?.PassOver(candidate, $"order {lowest} comes before its {candidate.Order}");
        }

        return left;
    }

    /// <summary>All of them, where all were asked already.</summary>
    private static int KeepUntried(Span<Deployment> candidates, CallRoute route, RouteChoice? choice)
    {
        if (route.Attempts == 0) return candidates.Length;
        var untried = 0;
        foreach (var candidate in candidates) untried += route.WasTried(candidate) ? 0 : 1;
        if (untried == 0 || untried == candidates.Length) return candidates.Length;
        var left = 0;
        foreach (var candidate in candidates)
        {
            if (!route.WasTried(candidate)) candidates[left++] = candidate;
            else choice?.PassOver(candidate, "it was tried already");
        }

        return left;
    }
}
