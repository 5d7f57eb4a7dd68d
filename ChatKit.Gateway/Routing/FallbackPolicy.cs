using ChatKit.Gateway.Errors;
using ChatKit.Gateway.Model;

namespace ChatKit.Gateway.Routing;

/// <summary>
/// Which groups a call goes to when its own has failed (https://docs.litellm.ai/docs/proxy/reliability). An input that was too long, and a refusal by the
/// provider's filters, have lists of their own, which count before the general one; the client's lists count in place of the configured.
/// </summary>
internal static class FallbackPolicy
{
    /// <summary>The groups for such a failure of the group that the call is in, nearest first; none where nothing can be done.</summary>
    public static IReadOnlyList<string> After(GatewayError error, CallRoute route)
    {
        if (!MayFollow(error) || route.Envelope.Routing is { DisableFallbacks: true }) return [];
        return ForThisKind(error, route) is { Count: > 0 } own ? own : General(route);
    }

    /// <summary>False where nothing else may be tried: a client that is gone needs no answer, and a bug is told and not hidden behind another group's answer.</summary>
    public static bool MayFollow(GatewayError error) => !error.IsFinal && error.Origin is not (ErrorOrigin.ClientLeft or ErrorOrigin.Gateway);

    /// <summary>True where the lists for this very kind of error say something, so that trying the same again would be no use.</summary>
    public static bool HasForThisKind(GatewayError error, CallRoute route) => route.Envelope.Routing is not { DisableFallbacks: true } && ForThisKind(error, route).Count > 0;

    /// <summary>True where the configuration knows somebody to stand in for the group.</summary>
    public static bool HasFor(ModelGroup group, FallbackRules rules) => rules.Default.Count > 0 || rules.General.Find(group.Name, group.Name).Count > 0;

    /// <summary>The first group's error, with all that was tried for it, in LiteLLM's words.</summary>
    public static GatewayError AllFailed(GatewayError first, string model, IReadOnlyList<string> tried, IReadOnlyList<string> failures)
    {
        var groups = string.Join(", ", tried.Select(static name => $"'{name}'"));
        return first with { Message = $"{first.Message}. Received Model Group={model}\nAvailable Model Group Fallbacks=[{groups}]\nError doing the fallback: {string.Join("; ", failures)}" };
    }

    private static IReadOnlyList<string> ForThisKind(GatewayError error, CallRoute route)
    {
        var (rules, wishes) = (route.Settings.Fallbacks, route.Envelope.Routing);
        var map = ErrorClass.Of(error) switch
        {
            "ContextWindowExceededError" => wishes?.ContextWindowFallbacks ?? rules.ContextWindow,
            "ContentPolicyViolationError" => wishes?.ContentPolicyFallbacks ?? rules.ContentPolicy,
            _ => null,
        };
        return map?.Find(route.Model, route.Match.Group.Name) ?? [];
    }

    private static IReadOnlyList<string> General(CallRoute route)
    {
        var (rules, wishes) = (route.Settings.Fallbacks, route.Envelope.Routing);
        var found = (wishes?.Fallbacks ?? rules.General).Find(route.Model, route.Match.Group.Name);
        return found.Count > 0 ? found : rules.Default;
    }
}
