namespace ChatKit.Gateway.Model;

/// <summary>
/// An identity at Google Cloud. <paramref name="CredentialJson"/> is the content of a credential file of any kind that Google knows (service account, user,
/// workload identity federation, impersonation); null means whoever the machine itself is: https://cloud.google.com/docs/authentication/application-default-credentials.
/// </summary>
internal sealed record GoogleIdentity(Secret? CredentialJson) : CloudIdentity
{
    public override IEnumerable<Secret> Secrets => CredentialJson is { } json ? [json] : [];
}
