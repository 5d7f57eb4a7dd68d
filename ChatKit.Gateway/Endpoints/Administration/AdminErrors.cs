using ChatKit.Gateway.Errors;
using ChatKit.Gateway.Model;

namespace ChatKit.Gateway.Endpoints.Administration;

/// <summary>Who may not.</summary>
internal static class AdminErrors
{
    public static GatewayError OnlyAdministrators(Caller caller) => new(403, "auth_error", $"Only proxy admins may do this. Your role={NameOf(caller.Role)}");

    public static GatewayError OnlyLooks(Caller caller) => new(403, "auth_error", $"This role may only look. Your role={NameOf(caller.Role)}");

    private static string NameOf(Role role) => role switch
    {
        Role.ProxyAdmin => "proxy_admin",
        Role.ProxyAdminViewer => "proxy_admin_viewer",
        Role.InternalUser => "internal_user",
        _ => "internal_user_viewer",
    };
}
