using ChatKit.Data.Gateway.Keys;
using ChatKit.Gateway.Administration.Directory;
using ChatKit.Gateway.Errors;
using ChatKit.Gateway.Model;
using ChatKit.Gateway.Wire.Json;

namespace ChatKit.Gateway.Administration.Keys;

/// <summary>Whether the configuration lets somebody make such a key, and whether the request says all that it asks for.</summary>
internal static class KeyGenerationRules
{
    /// <summary>The refusal; null where there is none. What a request leaves out is told by its name.</summary>
    public static GatewayError? Refuse(KeyGenerationSettings settings, RequestFields body, VirtualKeyRow key, Caller by)
    {
        foreach (var name in key.TeamId is null ? settings.RequiredForUsers : settings.RequiredForTeams)
        {
            if (!body.Has(name) || body.Raw(name) is null) body.Wrong<string>(name, "is required by the configuration (key_generation_settings.required_params)");
        }

        var role = RoleOf(by);
        return key.TeamId is not null || settings.UserRoles is not { } roles || roles.Contains(role)
            ? null
            : RequestErrors.Forbidden("user_id", $"Personal key creation has been restricted by admin. Allowed roles=[{string.Join(", ", roles)}]. Your role={role}");
    }

    private static string RoleOf(Caller by) => by.Role switch
    {
        Role.ProxyAdmin => UserRoles.ProxyAdmin,
        Role.ProxyAdminViewer => UserRoles.ProxyAdminViewer,
        Role.InternalUser => UserRoles.InternalUser,
        _ => UserRoles.InternalUserViewer,
    };
}
