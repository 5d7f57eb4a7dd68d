using System.Text;
using ChatKit.Gateway.Tests.Config;
using ChatKit.Gateway.Tests.Hosting;
using ChatKit.Testing.Upstream;
using Xunit;

namespace ChatKit.Gateway.Tests.Pipeline.PassThrough;

/// <summary>A gateway that is configured by file and environment, in front of one API.</summary>
public abstract class PassThroughTest : IAsyncLifetime
{
    protected const string Key = "sk-master-0123456789abcdef";

    private protected FakeUpstream Upstream { get; private set; } = null!;

    private protected ConfiguredGateway Gateway { get; private set; } = null!;

    private protected ConfigFolder Folder { get; } = new();

    public async Task InitializeAsync()
    {
        Upstream = await FakeUpstream.StartAsync(Dialect);
        Folder.Set("LITELLM_MASTER_KEY", Key);
        Configure(Folder);
        Gateway = await ConfiguredGateway.StartAsync(Folder);
    }

    public async Task DisposeAsync()
    {
        await Gateway.DisposeAsync();
        await Upstream.DisposeAsync();
        Folder.Dispose();
    }

    private protected virtual UpstreamDialect Dialect => new EchoDialect();

    private protected abstract void Configure(ConfigFolder folder);

    private protected Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, string? body = null, params (string Name, string Value)[] headers) =>
        SendAsync(method, path, body is null ? null : new StringContent(body, Encoding.UTF8, "application/json"), headers);

    private protected async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, HttpContent? content, params (string Name, string Value)[] headers)
    {
        using var message = new HttpRequestMessage(method, new Uri(Gateway.Client.BaseAddress!, path)) { Content = content };
        if (headers.All(static header => header.Name is not ("none" or "x-api-key"))) message.Headers.TryAddWithoutValidation("Authorization", $"Bearer {Key}");
        foreach (var (name, value) in headers) message.Headers.TryAddWithoutValidation(name, value);
        return await Gateway.Client.SendAsync(message, HttpCompletionOption.ResponseHeadersRead);
    }
}
