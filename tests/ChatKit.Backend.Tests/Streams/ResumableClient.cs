using System.Net;
using System.Text;
using System.Text.Json;
using ChatKit.Backend.Tests.Hosting;

namespace ChatKit.Backend.Tests.Streams;

/// <summary>An event of a stream that can be resumed from.</summary>
internal sealed record NumberedEvent(string Id, JsonElement Data)
{
    public int Number => int.Parse(Id.AsSpan(Id.LastIndexOf(':') + 1), System.Globalization.CultureInfo.InvariantCulture);
}

/// <summary>The calls of a client that can follow a turn again.</summary>
internal static class ResumableClient
{
    public static async Task<HttpResponseMessage> BeginAsync(this BackendHost host, string body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/chatkit") { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.Add("X-ChatKit-Resumable", "1");
        return await host.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }

    public static async Task<HttpResponseMessage> FollowAsync(this BackendHost host, string thread, string? after = null, string? user = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/threads/{thread}/stream");
        if (after is not null)
            request.Headers.Add("Last-Event-ID", after);
        if (user is not null)
            request.Headers.Add(HeaderUser.Header, user);
        return await host.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }

    public static async Task<HttpStatusCode> CancelAsync(this BackendHost host, string thread, string? user = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/threads/{thread}/cancel");
        if (user is not null)
            request.Headers.Add(HeaderUser.Header, user);
        using var response = await host.Http.SendAsync(request);
        return response.StatusCode;
    }

    /// <summary>Reads as browsers do; ends with the event that says that the turn is over, and complains where the stream ends without it.</summary>
    public static async IAsyncEnumerable<NumberedEvent> NumberedAsync(this HttpResponseMessage response)
    {
        if (!response.IsSuccessStatusCode)
            throw new InvalidOperationException($"{(int)response.StatusCode} {await response.Content.ReadAsStringAsync()}");
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync());
        string id = "", kind = "";
        while (await reader.ReadLineAsync() is { } line)
        {
            if (line.StartsWith("id: ", StringComparison.Ordinal))
                id = line[4..];
            else if (line.StartsWith("event: ", StringComparison.Ordinal))
                kind = line[7..];
            else if (line.StartsWith("data: ", StringComparison.Ordinal) && kind == "end")
                yield break;
            else if (line.StartsWith("data: ", StringComparison.Ordinal))
                yield return new NumberedEvent(id, JsonDocument.Parse(line[6..]).RootElement.Clone());
        }

        throw new InvalidOperationException("The stream broke off: nothing said that the turn is over.");
    }

    public static async Task<IReadOnlyList<NumberedEvent>> AllNumberedAsync(this HttpResponseMessage response)
    {
        var events = new List<NumberedEvent>();
        await foreach (var one in response.NumberedAsync())
            events.Add(one);
        return events;
    }

    /// <summary>The first so many; the connection stays open.</summary>
    public static async Task<IReadOnlyList<NumberedEvent>> TakeAsync(this IAsyncEnumerator<NumberedEvent> stream, int count)
    {
        var events = new List<NumberedEvent>();
        while (events.Count < count && await stream.MoveNextAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(60)))
            events.Add(stream.Current);
        return events;
    }
}
