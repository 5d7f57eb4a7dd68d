using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using ChatKit.Backend.Tests.Hosting;
using ChatKit.ServiceDefaults.Database;
using Microsoft.EntityFrameworkCore;

namespace ChatKit.Backend.Tests.Vectors;

/// <summary>Carries out the steps of one vector against a backend of its own.</summary>
internal sealed class VectorRun(BackendHost host, Pattern pattern)
{
    /// <summary>Null where the backend does what the vector says; else the first difference.</summary>
    public static async Task<string?> PlayAsync(string file, DatabaseKind kind)
    {
        var vector = JsonNode.Parse(await File.ReadAllTextAsync(file))!;
        var pattern = new Pattern([]);
        var responder = new ScriptedResponder(vector["setup"], pattern);
        var transcriber = new ScriptedTranscriber(vector["setup"]?["transcribe"]);
        await using var host = await BackendHost.StartAsync(responder, kind, transcriber: transcriber);
        await SavedAttachments.AddAsync(host, vector["setup"]);
        var run = new VectorRun(host, pattern);
        var steps = vector["steps"]!.AsArray();
        for (var i = 0; i < steps.Count; i++)
        {
            if (await run.StepAsync(steps[i]!.AsObject()) is { } difference)
                return $"step {i + 1}: {difference}\n{string.Join('\n', host.Logs.At(Microsoft.Extensions.Logging.LogLevel.Warning))}";
        }

        return responder.Complaint ?? transcriber.Complaint;
    }

    private async Task<string?> StepAsync(JsonObject step)
    {
        if (step["store"] is JsonObject store)
            return await StoreAsync(store);
        for (var i = step["repeat"]?.GetValue<int>() ?? 1; i > 0; i--)
        {
            if (await RequestAsync(step) is { } difference)
                return difference;
        }

        return null;
    }

    private async Task<string?> RequestAsync(JsonObject step)
    {
        var body = step["request_raw"]?.GetValue<string>() ?? pattern.Fill(step["request"]!.ToJsonString());
        using var response = await host.PostAsync(body, step["as"]?.GetValue<string>());
        var accepted = new List<JsonNode?> { step["expect"] };
        accepted.AddRange(step["alternatives"]?.AsArray() ?? []);
        var fitting = accepted.FirstOrDefault(expect => Fits(expect!, response)) ?? accepted[0];
        return await CheckAsync(fitting!.AsObject(), response);
    }

    private static bool Fits(JsonNode expect, HttpResponseMessage response) => expect["transport"]!.GetValue<string>() switch
    {
        "failure" => (int)response.StatusCode >= 400,
        "sse" => response.Content.Headers.ContentType?.MediaType == "text/event-stream",
        _ => response.IsSuccessStatusCode && response.Content.Headers.ContentType?.MediaType == "application/json",
    };

    private async Task<string?> CheckAsync(JsonObject expect, HttpResponseMessage response)
    {
        if (expect["transport"]!.GetValue<string>() == "failure")
            return await CheckFailureAsync(expect, response);
        if (response.StatusCode != HttpStatusCode.OK)
            return $"{(int)response.StatusCode}: {await response.Content.ReadAsStringAsync()}";
        if (expect["transport"]!.GetValue<string>() == "json")
            return pattern.Mismatch(expect["body"], JsonNode.Parse(await response.Content.ReadAsStringAsync()));
        return expect["aborted_by_client"] is null
            ? pattern.Mismatch(expect["events"], Array(await response.AllEventsAsync()))
            : await LeaveAsync(expect["events"]!.AsArray(), response);
    }

    private static async Task<string?> CheckFailureAsync(JsonObject expect, HttpResponseMessage response)
    {
        var body = await response.Content.ReadAsStringAsync();
        if (response.Content.Headers.ContentType?.MediaType != "application/problem+json")
            return $"a refusal without problem+json: {(int)response.StatusCode} {body}";
        var preferred = expect["http_status_any_of"]?.AsArray().Select(status => status!.GetValue<int>()).ToList();
        return preferred is null || preferred.Contains((int)response.StatusCode) ? null : $"refused with {(int)response.StatusCode}: {body}";
    }

    private async Task<string?> LeaveAsync(JsonArray expected, HttpResponseMessage response)
    {
        var seen = new List<JsonElement>();
        await foreach (var one in response.EventsAsync())
        {
            seen.Add(one);
            if (seen.Count == expected.Count)
                break;
        }

        response.Dispose();
        await host.IdleAsync();
        return pattern.Mismatch(expected, Array(seen));
    }

    private async Task<string?> StoreAsync(JsonObject store)
    {
        var thread = pattern.Fill(store["items_of"]!.GetValue<string>());
        await using var database = host.Database.Open();
        var types = await database.Items.Where(item => item.ThreadId == thread).OrderBy(item => item.Sequence).Select(item => item.Type).ToListAsync();
        var expected = store["types_in_order"]!.AsArray().Select(type => type!.GetValue<string>()).ToList();
        var ordered = expected.Count - (store["order_free_tail"]?.GetValue<int>() ?? 0);
        var same = types.Take(ordered).SequenceEqual(expected.Take(ordered)) && types.Skip(ordered).Order().SequenceEqual(expected.Skip(ordered).Order());
        return same ? null : $"the store holds {string.Join(", ", types)}";
    }

    private static JsonArray Array(IEnumerable<JsonElement> elements) => [.. elements.Select(element => JsonNode.Parse(element.GetRawText()))];
}
