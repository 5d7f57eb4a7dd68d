using System.Net;
using ChatKit.ServiceDefaults.Hosting;

namespace ChatKit.Cli.Up;

/// <summary>The addresses of what runs, and the proof that it answers.</summary>
/// <param name="GatewayUrl">The gateway, without <c>/v1</c>.</param>
/// <param name="BackendUrl">The page.</param>
/// <param name="AsksForKey">Whether the gateway asks its callers for a key.</param>
internal sealed record Running(string GatewayUrl, string BackendUrl, bool AsksForKey)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(50);

    /// <summary>Asks both services over HTTP, as a browser would, until they are ready.</summary>
    public async Task AnswersAsync(CancellationToken stop)
    {
        using var handler = new SocketsHttpHandler { UseProxy = false };
        using var client = new HttpClient(handler);
        await ReadyAsync(client, "gateway", $"{GatewayUrl}/health/liveliness", stop);
        await ReadyAsync(client, "backend", $"{BackendUrl}/health/readiness", stop);
    }

    private static async Task ReadyAsync(HttpClient client, string name, string url, CancellationToken stop)
    {
        var since = TimeProvider.System.GetTimestamp();
        while (true)
        {
            using var answer = await client.GetAsync(url, stop);
            if (answer.StatusCode == HttpStatusCode.OK)
                return;
            if (TimeProvider.System.GetElapsedTime(since) > Patience)
                throw new StartupException($"the {name} is not ready: {await answer.Content.ReadAsStringAsync(stop)}");
            await Task.Delay(Poll, TimeProvider.System, stop);
        }
    }
}
