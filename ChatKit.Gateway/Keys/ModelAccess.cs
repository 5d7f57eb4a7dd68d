using ChatKit.Gateway.Errors;
using ChatKit.Gateway.Model;

namespace ChatKit.Gateway.Keys;

/// <summary>May the caller call this model? The key, its team and, where it has no team, its user each have a list, and all of them must hold it.</summary>
internal static class ModelAccess
{
    /// <summary>Why not; null where they may.</summary>
    /// <param name="caller">Who calls.</param>
    /// <param name="snapshot">What the gateway has.</param>
    /// <param name="name">What the client calls the model.</param>
    /// <param name="match">What that means.</param>
    public static GatewayError? Refuse(Caller caller, GatewaySnapshot snapshot, string name, ModelMatch match) => caller.DeniedBy(snapshot, name, match) switch
    {
        null => null,
        "key" => KeyErrors.ModelDenied("key", caller.Models, name),
        "team" => KeyErrors.ModelDenied("team", caller.TeamModels, name),
        var user => KeyErrors.ModelDenied(user, caller.UserModels, name),
    };

    /// <summary>
    /// A request that passes through names its model in ways that only the provider knows. So a key that may only call certain models passes through only where its list
    /// has everything of the provider, or its routes name this very path.
    /// </summary>
    public static GatewayError? RefusePassing(Caller caller, string provider, string path)
    {
        var everything = $"{provider}/*";
        return (MayCallAll(caller.Models, everything) || caller.Models.IsTheTeams || caller.AllowedRoutes is { } routes && routes.Names(path))
            && MayCallAll(caller.TeamId is null ? caller.UserModels : caller.TeamModels, everything)
            ? null
            : KeyErrors.PassThroughDenied;
    }

    private static bool MayCallAll(ModelList list, string everything) => list.IsEverything || list.Entries.Contains(everything, StringComparer.Ordinal);
}
