using System.Globalization;
using ChatKit.Gateway.Errors;
using ChatKit.Gateway.Model;
using ChatKit.Gateway.Routing.Strategies;

namespace ChatKit.Gateway.Routing;

/// <summary>Why a deployment cannot take a call, told before it is asked.</summary>
internal enum Unfit
{
    No,

    /// <summary>It was asked, and refused before anything was sent.</summary>
    Refused,

    /// <summary>It is not in the region that the call is bound to.</summary>
    Region,

    /// <summary>Its model does not read so much.</summary>
    ContextWindow,

    /// <summary>Its model does not read images, call tools ….</summary>
    Ability,

    /// <summary>Its minute is full.</summary>
    Limit,
}

/// <summary>
/// Whether a deployment can take a call, before it is asked (https://docs.litellm.ai/docs/routing#pre-call-checks-context-window-eu-regions). A region that the
/// call asks for always counts; window, abilities and limits with <c>enable_pre_call_checks</c>.
/// </summary>
internal static class PreCallChecks
{
    public static Unfit Check(Deployment deployment, CallRoute route, DateTimeOffset now)
    {
        if (route.IsExcluded(deployment)) return Unfit.Refused;
        if (route.Region is { } region && !Regions.IsIn(deployment.Region, region)) return Unfit.Region;
        if (!route.Settings.ChecksBefore) return Unfit.No;

        var facts = deployment.FactsOf(route.Match.UpstreamModel(deployment));
        if (facts.ContextWindow is { } window && !route.IsWithin(window, deployment)) return Unfit.ContextWindow;
        if ((facts.Vision is false || facts.Audio is false || facts.Pdf is false || facts.Tools is false) && route.Needs.MissingIn(facts) is not null) return Unfit.Ability;
        return MinuteLimits.HasRoom(deployment, route, now) ? Unfit.No : Unfit.Limit;
    }

    /// <summary>For an explanation.</summary>
    public static string Explain(Unfit unfit, Deployment deployment, CallRoute route) => unfit switch
    {
        Unfit.Region => $"its region is {deployment.Region ?? "not known"}, the call asks for {route.Region}",
        Unfit.ContextWindow => string.Create(
            CultureInfo.InvariantCulture, $"the call has about {route.TokensFor(deployment)} tokens, it reads {deployment.FactsOf(route.Match.UpstreamModel(deployment)).ContextWindow}"),
        Unfit.Ability => $"its model does not take {route.Needs.MissingIn(deployment.FactsOf(route.Match.UpstreamModel(deployment)))}",
        Unfit.Limit => "its minute is full (rpm or tpm)",
        _ => "it cannot take this call",
    };

    /// <summary>What the client is told where nobody can: that somebody would have had room but for the limit, or the window, or else the ability.</summary>
    public static GatewayError Refuse(ReadOnlySpan<Deployment> candidates, CallRoute route, DateTimeOffset now)
    {
        var (worst, example) = (Unfit.Refused, candidates[0]);
        foreach (var candidate in candidates)
        {
            var unfit = Check(candidate, route, now);
            if (Rank(unfit) > Rank(worst)) (worst, example) = (unfit, candidate);
        }

        return worst switch
        {
            Unfit.Limit => AtLimits(route, now),
            Unfit.ContextWindow => Error(400, "ContextWindowExceededError: Context Window exceeded for given call", worst, example, route) with { Code = ContextWindow.Code },
            _ => Error(400, "No deployments available for selected model", worst, example, route),
        };
    }

    /// <summary>Every deployment that could take the call is at its limits for this minute.</summary>
    public static GatewayError AtLimits(CallRoute route, DateTimeOffset now)
    {
        var wait = MinuteCounters.LeftOf(now);
        var seconds = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        return new GatewayError(
            429, "throttling_error", $"No deployments available for selected model, Try again in {seconds} seconds. Passed model={route.Model}. All are at their rpm or tpm.")
        {
            RetryAfter = wait,
            Origin = ErrorOrigin.Routing,
        };
    }

    private static int Rank(Unfit unfit) => unfit switch
    {
        Unfit.Limit => 4,
        Unfit.ContextWindow => 3,
        Unfit.Ability => 2,
        Unfit.Region => 1,
        _ => 0,
    };

    private static GatewayError Error(int status, string what, Unfit unfit, Deployment example, CallRoute route) =>
        new(status, "invalid_request_error", $"{what}. Passed model={route.Model}: {Explain(unfit, example, route)}", "model") { Origin = ErrorOrigin.Routing };
}
