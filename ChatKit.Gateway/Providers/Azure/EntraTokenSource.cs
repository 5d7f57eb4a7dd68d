using Azure;
using Azure.Core;
using Azure.Identity;
using ChatKit.Gateway.Model;

namespace ChatKit.Gateway.Providers.Azure;

/// <summary>
/// The access token of one identity, kept until Entra wants it fetched anew or it is about to run out. Azure's library lets all who wait share one fetch; here its
/// failures become words that a caller can read.
/// </summary>
internal sealed class EntraTokenSource(EntraIdentity identity, TokenCredential credential, TimeProvider time) : ITokenSource
{
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(2);

    private Kept? _kept;

    public async ValueTask<string> GetTokenAsync(CancellationToken cancellationToken)
    {
        if (_kept is { } kept && kept.Until > time.GetUtcNow()) return kept.Token;
        try
        {
            var token = await credential.GetTokenAsync(new TokenRequestContext([identity.Scope], tenantId: identity.TenantId), cancellationToken);
            _kept = new Kept(token.Token, token.RefreshOn ?? token.ExpiresOn - Margin);
            return token.Token;
        }
        catch (Exception refused) when (refused is AuthenticationFailedException or RequestFailedException)
        {
            throw new CredentialException($"Microsoft Entra gave no access token: {Reason()}.", refused);
        }
    }

    private string Reason() => identity.Source switch
    {
        EntraSource.ClientSecret => $"it did not accept the application {identity.ClientId} of the tenant {identity.TenantId}, or could not be reached",
        EntraSource.ManagedIdentity => "this machine has no managed identity, or not the configured one",
        _ => "this machine has no Azure credentials",
    };

    private sealed record Kept(string Token, DateTimeOffset Until);
}
