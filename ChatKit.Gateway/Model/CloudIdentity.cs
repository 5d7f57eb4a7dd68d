namespace ChatKit.Gateway.Model;

/// <summary>
/// Who the gateway is at a cloud that wants more than a key: a token that runs out, or every request signed. Pure data out of the configuration; equal
/// identities share what is fetched for them (<c>Providers/CloudAuthorization</c>).
/// </summary>
internal abstract record CloudIdentity
{
    /// <summary>What must appear in no message.</summary>
    public abstract IEnumerable<Secret> Secrets { get; }
}

/// <summary>
/// An identity at AWS (https://docs.litellm.ai/docs/providers/bedrock#authentication). Without keys, profile, role or token file, it is whatever the machine
/// has: environment, shared files, container or instance role.
/// </summary>
/// <param name="Region">Where requests are signed for, e.g. <c>eu-west-1</c>.</param>
internal sealed record AwsIdentity(string Region) : CloudIdentity
{
    public string? AccessKeyId { get; init; }

    public Secret? SecretAccessKey { get; init; }

    public Secret? SessionToken { get; init; }

    /// <summary>A profile of the shared configuration files.</summary>
    public string? Profile { get; init; }

    /// <summary>The ARN of a role to take on, with the credentials above or, where there is a token file, with that.</summary>
    public string? Role { get; init; }

    public string SessionName { get; init; } = "chatkit-gateway";

    public string? ExternalId { get; init; }

    /// <summary>A file with an OpenID token that proves who the workload is.</summary>
    public string? WebIdentityTokenFile { get; init; }

    public override IEnumerable<Secret> Secrets => new[] { SecretAccessKey, SessionToken }.OfType<Secret>();
}

/// <summary>
/// An identity at Microsoft Entra (https://learn.microsoft.com/azure/ai-services/openai/how-to/managed-identity).
/// </summary>
internal sealed record EntraIdentity : CloudIdentity
{
    public EntraSource Source { get; init; }

    public string? TenantId { get; init; }

    /// <summary>The application, or the user-assigned managed identity.</summary>
    public string? ClientId { get; init; }

    public Secret? ClientSecret { get; init; }

    public string Scope { get; init; } = "https://cognitiveservices.azure.com/.default";

    /// <summary>Where tokens are issued; null: the public cloud.</summary>
    public Uri? Authority { get; init; }

    public override IEnumerable<Secret> Secrets => ClientSecret is { } secret ? [secret] : [];
}

/// <summary>How an identity proves itself to Entra.</summary>
internal enum EntraSource
{
    /// <summary>An application's secret.</summary>
    ClientSecret,

    /// <summary>The identity that Azure gave the machine.</summary>
    ManagedIdentity,

    /// <summary>Whatever the machine has: environment, workload identity, managed identity, Azure CLI …</summary>
    Machine,
}
