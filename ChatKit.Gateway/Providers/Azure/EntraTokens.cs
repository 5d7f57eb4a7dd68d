using System.Collections.Concurrent;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Identity;
using ChatKit.Gateway.Model;

namespace ChatKit.Gateway.Providers.Azure;

/// <summary>Access tokens of Microsoft Entra: one source per identity, shared by all deployments that call as the same one.</summary>
/// <param name="time">When a token has run out.</param>
/// <param name="transport">How Entra is reached; null: as Azure's library does.</param>
internal sealed class EntraTokens(TimeProvider time, HttpPipelineTransport? transport = null)
{
    private readonly ConcurrentDictionary<EntraIdentity, ITokenSource> _sources = new();

    public ITokenSource Of(EntraIdentity identity) => _sources.GetOrAdd(identity, mine => new EntraTokenSource(mine, Credential(mine), time));

    /// <summary>https://learn.microsoft.com/dotnet/api/overview/azure/identity-readme#credential-classes</summary>
    private TokenCredential Credential(EntraIdentity identity) => identity.Source switch
    {
        EntraSource.ClientSecret => new ClientSecretCredential(identity.TenantId, identity.ClientId, identity.ClientSecret!.Reveal(), Over(new ClientSecretCredentialOptions(), identity)),
        EntraSource.ManagedIdentity => new ManagedIdentityCredential(Over(
            new ManagedIdentityCredentialOptions(identity.ClientId is { } id ? ManagedIdentityId.FromUserAssignedClientId(id) : ManagedIdentityId.SystemAssigned), identity)),
        _ => new DefaultAzureCredential(Over(new DefaultAzureCredentialOptions { TenantId = identity.TenantId, ManagedIdentityClientId = identity.ClientId }, identity)),
    };

    private T Over<T>(T options, EntraIdentity identity)
        where T : TokenCredentialOptions
    {
        if (identity.Authority is { } authority) options.AuthorityHost = authority;
        if (transport is not null) options.Transport = transport;
        return options;
    }
}
