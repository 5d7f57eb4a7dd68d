using System.Net;
using ChatKit.Gateway.Tests.Config;
using ChatKit.Gateway.Tests.Hosting;
using ChatKit.Testing.Upstream;
using Xunit;

namespace ChatKit.Gateway.Tests.Pipeline.PassThrough;

public sealed class UploadTests
{
    [Fact]
    public async Task A_body_is_at_the_provider_before_its_end_is_at_the_gateway()
    {
        await using var server = await CountingServer.StartAsync();
        using var folder = new ConfigFolder().Set("OPENAI_API_KEY", "k").Set("OPENAI_API_BASE", $"{server.Address}/v1").Set("LITELLM_MASTER_KEY", "sk-master-0123456789abcdef");
        await using var gateway = await ConfiguredGateway.StartAsync(folder, "sk-master-0123456789abcdef");
        using var content = new Halves(server.Began);

        using var response = await gateway.Client.PostAsync(new Uri("/openai/v1/files", UriKind.Relative), content);

        Assert.Equal((HttpStatusCode.OK, "131072"), (response.StatusCode, await response.Content.ReadAsStringAsync()));
    }

    /// <summary>Sends its second half only once the first has arrived: who waits for the whole body waits in vain.</summary>
    private sealed class Halves(Task arrived) : HttpContent
    {
        private readonly byte[] _half = new byte[64 * 1024];

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            await stream.WriteAsync(_half);
            await stream.FlushAsync();
            await arrived.WaitAsync(TimeSpan.FromSeconds(20));
            await stream.WriteAsync(_half);
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
