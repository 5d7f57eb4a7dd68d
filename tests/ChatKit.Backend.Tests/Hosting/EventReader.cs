using System.Runtime.CompilerServices;
using System.Text.Json;

namespace ChatKit.Backend.Tests.Hosting;

/// <summary>Reads an event stream as strictly as the protocol writes it: <c>data:</c> lines, comments, blank lines, and nothing else.</summary>
internal static class EventReader
{
    public static async IAsyncEnumerable<JsonElement> EventsAsync(this HttpResponseMessage response, [EnumeratorCancellation] CancellationToken cancel = default)
    {
        await foreach (var line in response.LinesAsync(cancel))
        {
            if (line.StartsWith("data: ", StringComparison.Ordinal))
                yield return JsonDocument.Parse(line["data: ".Length..]).RootElement.Clone();
        }
    }

    /// <summary>Every line, each with its blank line after it taken off.</summary>
    public static async IAsyncEnumerable<string> LinesAsync(this HttpResponseMessage response, [EnumeratorCancellation] CancellationToken cancel = default)
    {
        if (!response.IsSuccessStatusCode || response.Content.Headers.ContentType?.MediaType != "text/event-stream")
            throw new InvalidOperationException($"No stream: {(int)response.StatusCode} {await response.Content.ReadAsStringAsync(cancel)}");
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(cancel));
        while (await reader.ReadLineAsync(cancel) is { } line)
        {
            if (!line.StartsWith("data: ", StringComparison.Ordinal) && !line.StartsWith(':'))
                throw new InvalidOperationException($"A line that no event stream of the protocol has: {line}");
            yield return line;
            if (await reader.ReadLineAsync(cancel) is not "")
                throw new InvalidOperationException("An event that no blank line ends.");
        }
    }

    public static async Task<IReadOnlyList<JsonElement>> AllEventsAsync(this HttpResponseMessage response)
    {
        var events = new List<JsonElement>();
        await foreach (var one in response.EventsAsync())
            events.Add(one);
        return events;
    }

    public static string Type(this JsonElement element) => element.GetProperty("type").GetString()!;
}
