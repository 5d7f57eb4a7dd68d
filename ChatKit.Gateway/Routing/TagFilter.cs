using ChatKit.Gateway.Errors;
using ChatKit.Gateway.Model;

namespace ChatKit.Gateway.Routing;

/// <summary>
/// Which deployments a call's tags allow (https://docs.litellm.ai/docs/proxy/tag_routing). A call with tags goes to deployments that share one, or all, of
/// them; else, like a call without any, to those tagged <c>default</c>. Only where a group has none of these does a call without tags go anywhere.
/// </summary>
internal static class TagFilter
{
    public const string Default = "default";

    /// <summary>Keeps the deployments that may serve the call at the front; returns how many they are.</summary>
    public static int Keep(Span<Deployment> deployments, CallRoute route)
    {
        var kept = route.Tags.Count > 0 ? Keep(deployments, route, static (deployment, route) => Matches(deployment.Tags, route)) : 0;
        if (kept == 0) kept = Keep(deployments, route, static (deployment, _) => deployment.Tags.Contains(Default));
        return kept == 0 && route.Tags.Count == 0 ? deployments.Length : kept;
    }

    /// <summary>False for a deployment that the call's tags keep it from, whoever else there is.</summary>
    public static bool MayServe(Deployment deployment, CallRoute route) =>
        !route.Settings.FiltersTags || route.Tags.Count == 0 || Matches(deployment.Tags, route) || deployment.Tags.Contains(Default);

    public static GatewayError Denied(CallRoute route) => new(
        401,
        "auth_error",
        $"Not allowed to access model due to tags configuration. Passed model={route.Model} and tags=[{string.Join(", ", route.Tags)}]",
        "tags")
    {
        Origin = ErrorOrigin.Routing,
    };

    private static bool Matches(IReadOnlyList<string> tags, CallRoute route)
    {
        var any = route.Settings.MatchesAnyTag;
        foreach (var tag in route.Tags)
        {
            if (tags.Contains(tag) == any) return any;
        }

        return !any;
    }

    private static int Keep(Span<Deployment> deployments, CallRoute route, Func<Deployment, CallRoute, bool> belongs)
    {
        var kept = 0;
        for (var i = 0; i < deployments.Length; i++)
        {
            // Swapped and not overwritten: the others are looked at again.
            if (belongs(deployments[i], route)) (deployments[kept], deployments[i], kept) = (deployments[i], deployments[kept], kept + 1);
        }

        return kept;
    }
}
