namespace ChatKit.Gateway.Model;

/// <summary>What a caller may do besides calling models (https://docs.litellm.ai/docs/proxy/access_control).</summary>
internal enum Role
{
    /// <summary>Sees what they spent themselves, and changes nothing.</summary>
    InternalUserViewer,

    /// <summary>Manages their own keys.</summary>
    InternalUser,

    /// <summary>Sees everything, and changes nothing.</summary>
    ProxyAdminViewer,

    /// <summary>May do everything.</summary>
    ProxyAdmin,
}
