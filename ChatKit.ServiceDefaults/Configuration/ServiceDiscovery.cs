using Microsoft.Extensions.Configuration;

namespace ChatKit.ServiceDefaults.Configuration;

/// <summary>Addresses of other services as an orchestrator injects them: <c>services__&lt;name&gt;__&lt;scheme&gt;__0</c>.</summary>
public static class ServiceDiscovery
{
    /// <summary>The first address of a service, https before http; null where none was injected.</summary>
    public static string? Find(IConfiguration configuration, string service) =>
        NullIfBlank(configuration[$"services:{service}:https:0"]) ?? NullIfBlank(configuration[$"services:{service}:http:0"]);

    private static string? NullIfBlank(string? value) => string.IsNullOrWhiteSpace(value) ? null : value.Trim();
}
