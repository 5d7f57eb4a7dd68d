using ChatKit.Gateway.Model;
using ChatKit.Gateway.Providers.Aws;

namespace ChatKit.Gateway.Providers;

/// <summary>
/// Proves to a cloud who we are, on the finished request: whichever dialect wrote it, and whether it is a call of ours or passes through.
/// </summary>
internal sealed class CloudAuthorization(AwsAuthorization aws)
{
    /// <summary>Adds what the identity's cloud asks for. <see cref="CredentialException"/> where it cannot be had.</summary>
    public ValueTask AuthorizeAsync(HttpRequestMessage message, CloudIdentity identity, ReadOnlyMemory<byte> body, CancellationToken cancellationToken) => identity switch
    {
        AwsIdentity mine => aws.SignAsync(message, mine, "bedrock", body, cancellationToken),
        _ => throw new InvalidOperationException($"An identity that is not known: {identity.GetType().Name}."),
    };
}
