using ChatKit.Gateway.Model;
using ChatKit.Testing.Upstream;
using Xunit;

namespace ChatKit.Gateway.Tests.Hosting;

/// <summary>A gateway with one deployment at one fake provider, for each test anew.</summary>
public abstract class GatewayTest : IAsyncLifetime
{
    private protected const string Plain = """{"model":"gpt","messages":[{"role":"user","content":"hi"}]}""";
    private protected const string Streamed = """{"model":"gpt","messages":[{"role":"user","content":"hi"}],"stream":true}""";

    private protected FakeUpstream Upstream { get; private set; } = null!;

    private protected GatewayHost Gateway { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Upstream = await FakeUpstream.StartAsync(Dialect);
        Gateway = await GatewayHost.StartAsync(Settings, [.. Deployments()]);
    }

    public async Task DisposeAsync()
    {
        await Gateway.DisposeAsync();
        await Upstream.DisposeAsync();
    }

    private protected virtual UpstreamDialect Dialect => new OpenAiDialect();

    private protected virtual GatewaySettings Settings => new() { MasterKey = new Secret(GatewayHost.MasterKey), Retries = 0 };

    private protected virtual IEnumerable<Deployment> Deployments() => [GatewayHost.At(Upstream)];

    /// <summary>Whatever happened before, the gateway answers the next call.</summary>
    private protected async Task NextCallWorksAsync()
    {
        using var response = await Gateway.ChatAsync(Plain);
        Assert.Contains("Hello from the fake upstream.", await response.Content.ReadAsStringAsync());
    }
}
