using System.Net;
using ChatKit.Gateway.Errors;
using ChatKit.Gateway.Model;

namespace ChatKit.Gateway.Keys;

/// <summary>Which routes there are, and for whom, as far as the configuration and the key say it; what a role may do is said beside each administrative route.</summary>
internal static class RouteGate
{
    /// <summary>Why nobody at this address, or nobody at all, is served on the route; null where they are.</summary>
    public static GatewayError? RefuseAll(HttpContext http, KeySettings settings)
    {
        if (settings.AllowedAddresses is { } addresses && !Includes(addresses, http.Connection.RemoteIpAddress)) return KeyErrors.AddressDenied;
        return settings.AllowedRoutes is { } routes && PathOf(http) is var path && !routes.Includes(path) ? KeyErrors.RouteClosed(path) : null;
    }

    /// <summary>Why this caller may not use the route; null where they may.</summary>
    public static GatewayError? Refuse(HttpContext http, KeySettings settings, Caller caller)
    {
        if (caller.AllowedRoutes is { } own && !own.Includes(PathOf(http))) return KeyErrors.RouteDenied(own, PathOf(http));
        return settings.AdminRoutes is { } forAdmins && !caller.IsAdministrator && forAdmins.Includes(PathOf(http)) ? KeyErrors.RouteForAdmins(PathOf(http)) : null;
    }

    public static bool IsPublic(HttpContext http, KeySettings settings) => settings.PublicRoutes is { } open && open.Includes(PathOf(http));

    private static bool Includes(IReadOnlyList<IPNetwork> networks, IPAddress? address)
    {
        // A Unix socket has no address, and only this machine has the socket.
        if (address is null) return true;
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        foreach (var network in networks)
        {
            if (network.Contains(address)) return true;
        }

        return false;
    }

    private static string PathOf(HttpContext http) => http.Request.Path.Value ?? "/";
}
