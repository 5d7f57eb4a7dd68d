using System.Net;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace ChatKit.Backend.Access;

/// <summary>
/// Signs in the one user there is without accounts: whoever sits at this machine. From elsewhere nobody is let in, unless <c>CHATKIT_ANONYMOUS=anyone</c>
/// says that the network in front of this service decides who may reach it (a container's published port, a proxy that signs people in).
/// </summary>
internal sealed class LocalUser(
    IOptionsMonitor<AuthenticationSchemeOptions> options,
    ILoggerFactory logger,
    UrlEncoder encoder,
    AccessModes modes)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string Name = "local";

    protected override Task<AuthenticateResult> HandleAuthenticateAsync() => Task.FromResult(IsLetIn()
        ? AuthenticateResult.Success(new AuthenticationTicket(Principals.Of(Name, Name, Name), Name))
        : AuthenticateResult.NoResult());

    private bool IsLetIn() => modes.Anonymous switch
    {
        Anonymous.Anyone => true,
        Anonymous.AtThisMachine => IsAtThisMachine(Context),
        _ => false,
    };

    /// <summary>A proxy on this machine speaks for people elsewhere, and says so: what it forwards is not local.</summary>
    private static bool IsAtThisMachine(HttpContext http) =>
        http.Connection.RemoteIpAddress is { } remote && IPAddress.IsLoopback(remote)
        && !http.Request.Headers.ContainsKey("X-Forwarded-For") && !http.Request.Headers.ContainsKey("Forwarded");
}
