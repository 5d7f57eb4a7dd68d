using System.Net;
using ChatKit.Gateway.Errors;

namespace ChatKit.Gateway.Keys;

/// <summary>
/// Who may call while no key is configured: programs on this machine. The socket's address decides. A forwarded call is somebody else's, whatever address
/// it comes from; and a web page in a local browser is not a local program, so an Origin or Host of elsewhere is refused (cross-site requests, DNS
/// rebinding).
/// </summary>
internal static class LoopbackGuard
{
    private static readonly string[] ForwardingHeaders = ["Forwarded", "X-Forwarded-For", "X-Real-IP"];

    public static GatewayError? Refuse(HttpContext http)
    {
        var headers = http.Request.Headers;
        if (!IsLoopback(http.Connection.RemoteIpAddress)) return KeyErrors.NotLocal;
        foreach (var name in ForwardingHeaders)
        {
            if (headers.ContainsKey(name)) return KeyErrors.NotLocal;
        }

        if (!IsLocalName(http.Request.Host.Host)) return KeyErrors.NotLocal;
        var origin = headers.Origin;
        return origin.Count == 0 || (Uri.TryCreate(origin, UriKind.Absolute, out var page) && IsLocalName(page.Host)) ? null : KeyErrors.NotLocal;
    }

    /// <summary>No address at all is a Unix socket, which only this machine has.</summary>
    private static bool IsLoopback(IPAddress? address) =>
        address is null || IPAddress.IsLoopback(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address);

    private static bool IsLocalName(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host, out var address) && IsLoopback(address));
}
