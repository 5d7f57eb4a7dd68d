using System.Collections.Concurrent;
using Amazon.Runtime;
using ChatKit.Gateway.Model;

namespace ChatKit.Gateway.Providers.Aws;

/// <summary>Signs requests to AWS as an identity. Keys that run out are fetched anew by AWS's own library, ahead of time, and shared by all calls.</summary>
internal sealed class AwsAuthorization(TimeProvider time)
{
    private readonly ConcurrentDictionary<AwsIdentity, AWSCredentials> _credentials = new();

    /// <summary>Adds the headers by which AWS knows who sends the request, and that this body is what was sent.</summary>
    public async ValueTask SignAsync(HttpRequestMessage message, AwsIdentity identity, string service, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        var keys = await KeysAsync(identity, cancellationToken);
        var (address, now) = (message.RequestUri!, time.GetUtcNow());
        Set("x-amz-date", SigV4.Timestamp(now));
        if (keys.SessionToken is { } token) Set("x-amz-security-token", token);

        List<KeyValuePair<string, string>> signed = [new("host", address.Authority), .. message.Headers.NonValidated.Where(IsSigned).Select(static header => KeyValuePair.Create(header.Key, header.Value.ToString()))];
        if (message.Content?.Headers.ContentType is { } type) signed.Add(new("content-type", type.ToString()));
        var request = new SigV4Request(message.Method.Method, address.AbsolutePath, address.Query.TrimStart('?'), signed, SigV4.Hash(body.Span));
        Set("Authorization", SigV4.Authorize(request, keys, new SigV4Scope(identity.Region, service), now));

        void Set(string name, string value)
        {
            message.Headers.Remove(name);
            message.Headers.TryAddWithoutValidation(name, value);
        }
    }

    /// <summary>AWS's own headers; what proxies on the way may change is left out.</summary>
    private static bool IsSigned(KeyValuePair<string, System.Net.Http.Headers.HeaderStringValues> header) => header.Key.StartsWith("x-amz", StringComparison.OrdinalIgnoreCase);

    private async ValueTask<AwsKeys> KeysAsync(AwsIdentity identity, CancellationToken cancellationToken)
    {
        try
        {
            if (!_credentials.TryGetValue(identity, out var source)) source = _credentials.GetOrAdd(identity, await AwsCredentialSource.FindAsync(identity));
            var keys = await source.GetCredentialsAsync().WaitAsync(cancellationToken);
            return new AwsKeys(keys.AccessKey, keys.SecretKey, string.IsNullOrEmpty(keys.Token) ? null : keys.Token);
        }
        catch (Exception failure) when (failure is AmazonClientException or AmazonServiceException or InvalidOperationException or ArgumentException or IOException)
        {
            throw new CredentialException($"No AWS credentials could be had: {Reason(identity)}.", failure);
        }
    }

    private static string Reason(AwsIdentity identity) => identity switch
    {
        { Role: { } role } => $"the role {role} could not be taken on",
        { Profile: { } profile } => $"the profile {profile} is not in the shared configuration files, or gives none",
        _ => "neither the configuration nor this machine has any",
    };
}
