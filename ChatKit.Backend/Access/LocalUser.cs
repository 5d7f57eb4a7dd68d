using System.Net;
using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace ChatKit.Backend.Access;

/// <summary>
/// Signs in the one user there is: whoever sits at this machine. From elsewhere nobody is let in, unless <c>CHATKIT_ANONYMOUS=anyone</c> says that the
/// network in front of this service decides who may reach it (a container's published port, a proxy that signs people in).
/// </summary>
internal sealed class LocalUser(
    IOptionsMonitor<AuthenticationSchemeOptions> options,
    ILoggerFactory logger,
    UrlEncoder encoder,
    IConfiguration configuration)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string Name = "local";

    private const string Variable = "CHATKIT_ANONYMOUS";
    private const string Anyone = "anyone";

    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (configuration[Variable] != Anyone && !IsAtThisMachine(Context))
            return Task.FromResult(AuthenticateResult.NoResult());
        var identity = new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, Name)], Name);
        return Task.FromResult(AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), Name)));
    }

    /// <summary>A proxy on this machine speaks for people elsewhere, and says so: what it forwards is not local.</summary>
    private static bool IsAtThisMachine(HttpContext http) =>
        http.Connection.RemoteIpAddress is { } remote && IPAddress.IsLoopback(remote)
        && !http.Request.Headers.ContainsKey("X-Forwarded-For") && !http.Request.Headers.ContainsKey("Forwarded");
}
