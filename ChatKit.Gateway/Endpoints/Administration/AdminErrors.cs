using ChatKit.Gateway.Errors;
using ChatKit.Gateway.Model;
using ChatKit.Gateway.Wire.OpenAi;

namespace ChatKit.Gateway.Endpoints.Administration;

/// <summary>What administrative routes refuse, worded alike everywhere.</summary>
internal static class AdminErrors
{
    public static GatewayError OnlyAdministrators(Caller caller) => new(403, "auth_error", $"Only proxy admins may do this. Your role={NameOf(caller.Role)}");

    public static GatewayError OnlyLooks(Caller caller) => new(403, "auth_error", $"This role may only look. Your role={NameOf(caller.Role)}");

    /// <summary>For what belongs to somebody else.</summary>
    public static GatewayError NotYours(Caller caller, string what) => new(403, "auth_error", $"Only proxy admins and those it belongs to may do this to {what}. Your role={NameOf(caller.Role)}");

    public static GatewayError Invalid(string param, string message) => new(400, "bad_request_error", $"{param}: {message}", param);

    public static GatewayError NotFound(string param, string what, string id) => new(404, "not_found_error", $"{what} not found, passed {param}={ErrorWire.Shorten(id)}", param);

    public static GatewayError Exists(string param, string what, string id) =>
        new(409, "bad_request_error", $"{what} with {param}={ErrorWire.Shorten(id)} already exists. Choose another {param}.", param);

    private static string NameOf(Role role) => role switch
    {
        Role.ProxyAdmin => "proxy_admin",
        Role.ProxyAdminViewer => "proxy_admin_viewer",
        Role.InternalUser => "internal_user",
        _ => "internal_user_viewer",
    };
}
