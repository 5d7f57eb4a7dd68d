using ChatKit.Gateway.Config.Yaml;
using ChatKit.Gateway.Model;

namespace ChatKit.Gateway.Config;

/// <summary>
/// As whom Azure is called where no key says it (https://docs.litellm.ai/docs/providers/azure#azure-ad-token-refresh): an application with its secret, or, where
/// <c>AZURE_CREDENTIAL</c> asks for it, the machine's own identity.
/// </summary>
internal sealed class EntraBinder(EnvironmentValues environment, ConfigSection parameters)
{
    /// <summary>Keys of <c>litellm_params</c> that are read here.</summary>
    public static IReadOnlyList<string> Keys { get; } = ["tenant_id", "client_id", "client_secret", "azure_scope"];

    /// <summary>The identity that the deployment names; null where it names none. A secret by a variable that is not set is told in <paramref name="missing"/>.</summary>
    public EntraIdentity? OfDeployment(out string? missing)
    {
        var secret = parameters.Text("client_secret", out missing, consequence: "calls to this deployment will say so");
        if (secret is null && !parameters.Has("tenant_id") && !parameters.Has("client_id")) return null;
        var identity = Base() with { TenantId = parameters.Text("tenant_id") ?? environment["AZURE_TENANT_ID"], ClientId = parameters.Text("client_id") ?? environment["AZURE_CLIENT_ID"] };
        secret ??= missing is null ? environment["AZURE_CLIENT_SECRET"] : null;
        if (secret is not null && identity is { TenantId: not null, ClientId: not null })
            return identity with { Source = EntraSource.ClientSecret, ClientSecret = new Secret(secret) };
        if (OfMachine(identity) is { } machine) return machine;
        if (missing is null) parameters.Report.Problem(parameters.At("tenant_id"), "tenant_id, client_id and client_secret belong together: one of them is missing");
        return missing is null ? null : identity;
    }

    /// <summary>The identity that the environment names; null where it names none.</summary>
    public EntraIdentity? OfEnvironment()
    {
        var identity = Base() with { TenantId = environment["AZURE_TENANT_ID"], ClientId = environment["AZURE_CLIENT_ID"] };
        return environment["AZURE_CLIENT_SECRET"] is { } secret && identity is { TenantId: not null, ClientId: not null }
            ? identity with { Source = EntraSource.ClientSecret, ClientSecret = new Secret(secret) }
            : OfMachine(identity);
    }

    private EntraIdentity? OfMachine(EntraIdentity identity)
    {
        switch (environment["AZURE_CREDENTIAL"])
        {
            case "ManagedIdentityCredential":
                return identity with { Source = EntraSource.ManagedIdentity };
            case "DefaultAzureCredential":
                return identity with { Source = EntraSource.Machine };
            case null or "ClientSecretCredential":
                return null;
            case var other:
                parameters.Report.Problem(Origin.Environment("AZURE_CREDENTIAL"), $"must be ClientSecretCredential, ManagedIdentityCredential or DefaultAzureCredential, not '{other}'");
                return null;
        }
    }

    private EntraIdentity Base()
    {
        var identity = new EntraIdentity();
        if ((parameters.Text("azure_scope") ?? environment["AZURE_SCOPE"]) is { } scope) identity = identity with { Scope = scope };
        return Uri.TryCreate(environment["AZURE_AUTHORITY_HOST"], UriKind.Absolute, out var authority) ? identity with { Authority = authority } : identity;
    }
}
