using System.Collections.Concurrent;
using ChatKit.Gateway.Model;

namespace ChatKit.Gateway.Providers.Google;

/// <summary>Access tokens for Google Cloud: one source per identity, shared by all deployments that call as the same one.</summary>
internal sealed class GoogleTokens
{
    private readonly ConcurrentDictionary<GoogleIdentity, ITokenSource> _sources = new();

    public ITokenSource Of(GoogleIdentity identity) => _sources.GetOrAdd(identity, static identity => new GoogleTokenSource(identity));
}
