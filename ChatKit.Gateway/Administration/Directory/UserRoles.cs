namespace ChatKit.Gateway.Administration.Directory;

/// <summary>The roles of users as requests and the database write them (https://docs.litellm.ai/docs/proxy/access_control).</summary>
internal static class UserRoles
{
    public const string ProxyAdmin = "proxy_admin";
    public const string ProxyAdminViewer = "proxy_admin_viewer";
    public const string InternalUser = "internal_user";
    public const string InternalUserViewer = "internal_user_viewer";

    public static readonly string[] All = [ProxyAdmin, ProxyAdminViewer, InternalUser, InternalUserViewer];
}
