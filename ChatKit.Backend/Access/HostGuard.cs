using System.Net;

namespace ChatKit.Backend.Access;

/// <summary>
/// Refuses calls to a name that is not ours. A hostile page can point its own DNS name at this machine and would then be of one origin with us (DNS
/// rebinding); it cannot do so with an address or with <c>localhost</c>.
/// </summary>
internal sealed class HostGuard(RequestDelegate next, AllowedOrigins origins)
{
    public Task InvokeAsync(HttpContext http) => IsOurs(http.Request.Host.Host)
        ? next(http)
        : Problems.Forbidden($"This server does not answer to that host name. Add its origin to {AllowedOrigins.Variable}.").ExecuteAsync(http);

    private bool IsOurs(string host) =>
        IPAddress.TryParse(host, out _)
        || host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase)
        || origins.NamesHost(host);
}
