using System.Collections.Frozen;
using ChatKit.Gateway.Model;
using ChatKit.Gateway.Providers.Mock;
using ChatKit.Gateway.Providers.OpenAiCompatible;

namespace ChatKit.Gateway.Providers;

/// <summary>How each deployment is spoken to: a dialect for every row, and where its answers come from.</summary>
internal sealed class ProviderCatalog(UpstreamClient client, MockUpstream mock)
{
    private readonly FrozenDictionary<string, ProviderRoute> _routes = ProviderRows.All
        .Where(row => row.Dialect is ProviderDialect.OpenAi)
        .ToFrozenDictionary(row => row.Name, row => new ProviderRoute(new OpenAiCompatibleProvider(row.Quirks), client));

    private readonly ProviderRoute _mock = new(new OpenAiCompatibleProvider(RequestQuirks.None), mock);

    /// <summary>A deployment with a <c>mock_response</c> speaks OpenAI's dialect, whoever it pretends to be.</summary>
    public ProviderRoute For(Deployment deployment) =>
        deployment.MockResponse is not null ? _mock : _routes[deployment.Provider];
}

/// <summary>The dialect of a deployment and the other end of its line.</summary>
internal readonly record struct ProviderRoute(IProvider Dialect, IUpstream Upstream);
