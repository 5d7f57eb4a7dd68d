using Amazon.Runtime;
using Amazon.Runtime.CredentialManagement;
using Amazon.Runtime.Credentials;
using ChatKit.Gateway.Model;

namespace ChatKit.Gateway.Providers.Aws;

/// <summary>Where the keys of an identity come from, as AWS's library knows it (https://docs.aws.amazon.com/sdkref/latest/guide/standardized-credentials.html).</summary>
internal static class AwsCredentialSource
{
    /// <summary>A source for the identity. Finding out what the machine has may ask the machine's metadata service; all else is asked for with the first keys.</summary>
    public static async ValueTask<AWSCredentials> FindAsync(AwsIdentity identity) => identity switch
    {
        { Role: { } role, WebIdentityTokenFile: { } file } => new AssumeRoleWithWebIdentityCredentials(file, role, identity.SessionName),
        { Role: { } role } => new AssumeRoleAWSCredentials(await OwnAsync(identity), role, identity.SessionName, new AssumeRoleAWSCredentialsOptions { ExternalId = identity.ExternalId }),
        _ => await OwnAsync(identity),
    };

    private static async ValueTask<AWSCredentials> OwnAsync(AwsIdentity identity) => identity switch
    {
        { AccessKeyId: { } id, SecretAccessKey: { } secret, SessionToken: { } token } => new SessionAWSCredentials(id, secret.Reveal(), token.Reveal()),
        { AccessKeyId: { } id, SecretAccessKey: { } secret } => new BasicAWSCredentials(id, secret.Reveal()),
        { Profile: { } profile } => new CredentialProfileStoreChain().TryGetAWSCredentials(profile, out var found) ? found : throw new AmazonClientException($"There is no profile {profile}."),
        _ => await DefaultAWSCredentialsIdentityResolver.GetCredentialsAsync(),
    };
}
