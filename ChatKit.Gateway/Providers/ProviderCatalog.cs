using System.Collections.Frozen;
using ChatKit.Gateway.Model;
using ChatKit.Gateway.Providers.Anthropic;
using ChatKit.Gateway.Providers.Mock;
using ChatKit.Gateway.Providers.OpenAiCompatible;

namespace ChatKit.Gateway.Providers;

/// <summary>How each deployment is spoken to: the dialect of its provider, and the other end of the line.</summary>
internal sealed class ProviderCatalog
{
    private readonly FrozenDictionary<string, ProviderRoute> _routes;
    private readonly ProviderRoute _mock;

    public ProviderCatalog(UpstreamClient client, MockUpstream mock, TimeProvider time)
    {
        _mock = new ProviderRoute(new OpenAiCompatibleProvider(RequestQuirks.None), mock);
        _routes = ProviderRows.All.ToFrozenDictionary(row => row.Name, row => new ProviderRoute(Dialect(row), client));

        IProvider Dialect(ProviderRow row) => row.Dialect switch
        {
            ProviderDialect.Anthropic => new AnthropicProvider(time),
            _ => new OpenAiCompatibleProvider(row.Quirks),
        };
    }

    /// <summary>
    /// A deployment with a <c>mock_response</c> speaks OpenAI's dialect, whoever it stands in for. So does, for want of its own, one of a provider that is
    /// not implemented: no call to it is ever sent.
    /// </summary>
    public ProviderRoute For(Deployment deployment) =>
        deployment.MockResponse is null && _routes.TryGetValue(deployment.Provider, out var route) ? route : _mock;
}

/// <summary>The dialect of a deployment, and what answers it.</summary>
internal readonly record struct ProviderRoute(IProvider Dialect, IUpstream Upstream);
