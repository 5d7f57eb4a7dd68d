using System.Text.Json;
using ChatKit.Gateway.Model;
using global::Google.Apis.Auth.OAuth2;
using global::Google.Apis.Auth.OAuth2.Responses;

namespace ChatKit.Gateway.Providers.Google;

/// <summary>
/// Access tokens of one identity. Google's library keeps the token, fetches the next one minutes before it runs out while the old one still serves, and lets
/// all who wait share one fetch; here its failures become words that a caller can read.
/// </summary>
internal sealed class GoogleTokenSource(GoogleIdentity identity) : ITokenSource
{
    private const string Scope = "https://www.googleapis.com/auth/cloud-platform";

    private ITokenAccess? _credential;

    public async ValueTask<string> GetTokenAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await (_credential ??= await LoadAsync(cancellationToken)).GetAccessTokenForRequestAsync(authUri: null, cancellationToken);
        }
        catch (TokenResponseException refused)
        {
            throw new CredentialException($"Google gave no access token for the configured credentials: {refused.Error?.Error ?? "no reason given"}.", refused);
        }
        catch (Exception unusable) when (unusable is InvalidOperationException or JsonException or FormatException or ArgumentException or KeyNotFoundException)
        {
            throw new CredentialException(identity.CredentialJson is null
                ? "This machine has no Google credentials; set vertex_credentials or GOOGLE_APPLICATION_CREDENTIALS."
                : "The configured Google credentials are not a credential file that Google knows.", unusable);
        }
    }

    /// <summary>Two first calls at once may both load; either result serves.</summary>
    private async Task<ITokenAccess> LoadAsync(CancellationToken cancellationToken)
    {
        var credential = identity.CredentialJson is { } json ? Read(json.Reveal()) : await GoogleCredential.GetApplicationDefaultAsync(cancellationToken);
        return credential.CreateScoped(Scope);
    }

    /// <summary>The file says of what kind it is. It is the operator's own, so each kind is welcome.</summary>
    private static GoogleCredential Read(string json)
    {
        using var document = JsonDocument.Parse(json);
        return CredentialFactory.FromJson(json, document.RootElement.GetProperty("type").GetString());
    }
}
