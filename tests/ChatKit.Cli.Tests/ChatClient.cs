using System.Diagnostics;
using System.Text;
using System.Text.Json;

namespace ChatKit.Cli.Tests;

/// <summary>Speaks the ChatKit protocol to a backend, as the page does.</summary>
internal sealed class ChatClient(string backend) : IDisposable
{
    public const string FirstMessage =
        """{"type":"threads.create","params":{"input":{"content":[{"type":"input_text","text":"Tell me about tides"}],"attachments":[],"inference_options":{}}}}""";

    public const string AllThreads = """{"type":"threads.list","params":{"limit":9999,"order":"desc"}}""";

    private static readonly TimeSpan TitleComesWithin = TimeSpan.FromSeconds(90);

    /// <summary>The client itself, for what is not the protocol.</summary>
    public HttpClient Http { get; } = new(new SocketsHttpHandler { UseProxy = false }) { Timeout = TimeSpan.FromSeconds(90) };

    public static StringContent Json(string text) => new(text, Encoding.UTF8, "application/json");

    public async Task<string> SendAsync(string request)
    {
        using var answer = await Http.PostAsync($"{backend}/chatkit", Json(request));
        var text = await answer.Content.ReadAsStringAsync();
        return answer.IsSuccessStatusCode ? text : throw new InvalidOperationException($"{answer.StatusCode}: {text}");
    }

    /// <summary>Waits for the title that the worker gives to the newest thread.</summary>
    public async Task<string> TitleAsync()
    {
        var since = Stopwatch.StartNew();
        while (since.Elapsed < TitleComesWithin)
        {
            using var threads = JsonDocument.Parse(await SendAsync(AllThreads));
            if (threads.RootElement.GetProperty("data")[0].TryGetProperty("title", out var title))
                return title.GetString()!;
            await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System);
        }

        throw new TimeoutException("No title came.");
    }

    public void Dispose() => Http.Dispose();
}
