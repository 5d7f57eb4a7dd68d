using ChatKit.Gateway.Model;
using ChatKit.Gateway.Providers.Aws;
using ChatKit.Gateway.Providers.Azure;
using ChatKit.Gateway.Providers.Google;

namespace ChatKit.Gateway.Providers;

/// <summary>
/// Proves to a cloud who we are, on the finished request: whichever dialect wrote it, and whether it is a call of ours or passes through.
/// </summary>
internal sealed class CloudAuthorization(AwsAuthorization aws, EntraTokens entra, GoogleTokens google)
{
    /// <summary>Adds what the identity's cloud asks for. <see cref="CredentialException"/> where it cannot be had.</summary>
    public ValueTask AuthorizeAsync(HttpRequestMessage message, CloudIdentity identity, ReadOnlyMemory<byte> body, CancellationToken cancellationToken) => identity switch
    {
        AwsIdentity mine => aws.SignAsync(message, mine, "bedrock", body, cancellationToken),
        EntraIdentity mine => BearAsync(message, entra.Of(mine), cancellationToken),
        GoogleIdentity mine => BearAsync(message, google.Of(mine), cancellationToken),
        _ => throw new InvalidOperationException($"An identity that is not known: {identity.GetType().Name}."),
    };

    private static async ValueTask BearAsync(HttpRequestMessage message, ITokenSource source, CancellationToken cancellationToken)
    {
        var token = await source.GetTokenAsync(cancellationToken);
        message.Headers.TryAddWithoutValidation("Authorization", $"Bearer {token}");
    }
}
