using System.Globalization;
using ChatKit.Gateway.Errors;
using ChatKit.Gateway.Model;

namespace ChatKit.Gateway.Routing;

/// <summary>
/// Who of a group may be asked, in LiteLLM's order: not resting, not out of money, fit for the call, of its tags. Each step passes some over; the step that leaves nobody says
/// what the client is told.
/// </summary>
internal static class CandidateFilter
{
    /// <summary>Keeps those who may be asked at the front, in their order; returns how many they are.</summary>
    /// <param name="candidates">The group, as the configuration lists it.</param>
    /// <param name="route">The call.</param>
    /// <param name="now">The moment of the choice.</param>
    /// <param name="choice">Takes the reasons; null on calls that nobody asks about.</param>
    /// <param name="problem">Why nobody is left.</param>
    public static int Keep(Span<Deployment> candidates, CallRoute route, DateTimeOffset now, RouteChoice? choice, out GatewayError? problem)
    {
        problem = null;
        var left = KeepAwake(candidates, now, choice);
        if (left == 0)
        {
            problem = AllResting(candidates, route, now);
            return 0;
        }

        var funded = KeepFunded(candidates[..left], now, choice);
        if (funded == 0)
        {
            problem = AllSpent(candidates[..left], now);
            return 0;
        }

        left = KeepHealthy(candidates[..funded], choice);
        var able = KeepAble(candidates[..left], route, now, choice);
        if (able == 0)
        {
            problem = PreCallChecks.Refuse(candidates[..left], route, now);
            return 0;
        }

        left = able;

        left = KeepFree(candidates[..left], route, choice);
        return route.Settings.FiltersTags ? KeepTagged(candidates[..left], route, choice, out problem) : left;
    }

    private static int KeepAwake(Span<Deployment> candidates, DateTimeOffset now, RouteChoice? choice)
    {
        var left = 0;
        for (var i = 0; i < candidates.Length; i++)
        {
            var candidate = candidates[i];
            if (candidate.State.CooldownAt(now) is { } cooldown) choice?.PassOver(candidate, Resting(cooldown, now));
            else Keep(candidates, i, ref left);
        }

        return left;
    }

    private static int KeepFunded(Span<Deployment> candidates, DateTimeOffset now, RouteChoice? choice)
    {
        var left = 0;
        for (var i = 0; i < candidates.Length; i++)
        {
            var candidate = candidates[i];
            if (candidate.State.OverBudget is { } stop && stop.Until > now) choice?.PassOver(candidate, stop.Reason);
            else Keep(candidates, i, ref left);
        }

        return left;
    }

    /// <summary>A failed check is a guess, so it counts only while somebody passed theirs.</summary>
    private static int KeepHealthy(Span<Deployment> candidates, RouteChoice? choice)
    {
        var healthy = 0;
        foreach (var candidate in candidates)
        {
            if (candidate.State.Unhealthy is null) healthy++;
        }

        if (healthy == 0 || healthy == candidates.Length) return candidates.Length;
        var left = 0;
        for (var i = 0; i < candidates.Length; i++)
        {
            if (candidates[i].State.Unhealthy is { } reason) choice?.PassOver(candidates[i], $"its health check failed: {reason}");
            else Keep(candidates, i, ref left);
        }

        return left;
    }

    private static int KeepAble(Span<Deployment> candidates, CallRoute route, DateTimeOffset now, RouteChoice? choice)
    {
        var left = 0;
        for (var i = 0; i < candidates.Length; i++)
        {
            var unfit = PreCallChecks.Check(candidates[i], route, now);
            if (unfit is Unfit.No) Keep(candidates, i, ref left);
            else choice?.PassOver(candidates[i], PreCallChecks.Explain(unfit, candidates[i], route));
        }

        return left;
    }

    /// <summary>Where nobody has a free place, the call may wait for one: all of them then.</summary>
    private static int KeepFree(Span<Deployment> candidates, CallRoute route, RouteChoice? choice)
    {
        var free = 0;
        foreach (var candidate in candidates) free += HasFree(candidate, route) ? 1 : 0;
        if (free == 0 || free == candidates.Length) return candidates.Length;
        var left = 0;
        for (var i = 0; i < candidates.Length; i++)
        {
            if (HasFree(candidates[i], route)) Keep(candidates, i, ref left);
            else choice?.PassOver(candidates[i], "it has as many calls as it may have at a time");
        }

        return left;
    }

    private static bool HasFree(Deployment candidate, CallRoute route) => candidate.State.Slots.HasFree(candidate.MaxParallel ?? route.Settings.MaxParallel);

    private static int KeepTagged(Span<Deployment> candidates, CallRoute route, RouteChoice? choice, out GatewayError? problem)
    {
        var left = TagFilter.Keep(candidates, route);
        problem = left == 0 ? TagFilter.Denied(route) : null;
        for (var i = left; choice is not null && i < candidates.Length; i++) choice.PassOver(candidates[i], "its tags do not match the call's");
        return left;
    }

    private static void Keep(Span<Deployment> candidates, int i, ref int left)
    {
        (candidates[left], candidates[i]) = (candidates[i], candidates[left]);
        left++;
    }

    private static string Resting(Cooldown cooldown, DateTimeOffset now) =>
        string.Create(CultureInfo.InvariantCulture, $"resting for {(cooldown.Until - now).TotalSeconds:0.#} s more: {cooldown.Reason}");

    /// <summary>In LiteLLM's words (litellm/router_strategy/budget_limiter.py).</summary>
    private static GatewayError AllSpent(ReadOnlySpan<Deployment> candidates, DateTimeOffset now)
    {
        var (until, reasons) = (DateTimeOffset.MaxValue, new List<string>());
        foreach (var candidate in candidates)
        {
            if (candidate.State.OverBudget is not { } stop) continue;
            if (stop.Until < until) until = stop.Until;
            if (!reasons.Contains(stop.Reason)) reasons.Add(stop.Reason);
        }

        return new GatewayError(429, "budget_exceeded", $"No deployments available - crossed budget: {string.Join("; ", reasons)}")
        {
            RetryAfter = until == DateTimeOffset.MaxValue ? null : until - now,
            Origin = ErrorOrigin.Routing,
        };
    }

    private static GatewayError AllResting(ReadOnlySpan<Deployment> candidates, CallRoute route, DateTimeOffset now)
    {
        var wait = TimeSpan.MaxValue;
        var ids = new List<string>(candidates.Length);
        foreach (var candidate in candidates)
        {
            ids.Add($"'{candidate.Id}'");
            if (candidate.State.CooldownAt(now) is { } cooldown && cooldown.Until - now < wait) wait = cooldown.Until - now;
        }

        // Between the look before and this one a rest may have ended.
        if (wait == TimeSpan.MaxValue) wait = TimeSpan.FromSeconds(1);
        var seconds = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        return new GatewayError(
            429,
            "throttling_error",
            $"No deployments available for selected model, Try again in {seconds} seconds. Passed model={route.Model}. pre-call-checks={route.Settings.ChecksBefore}, cooldown_list=[{string.Join(", ", ids)}]")
        {
            RetryAfter = wait,
            Origin = ErrorOrigin.Routing,
        };
    }
}
