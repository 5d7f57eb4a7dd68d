using System.Net;
using System.Text.Json;
using Xunit;

namespace ChatKit.Backend.Tests.Hosting;

/// <summary>The protocol's calls as a test speaks them.</summary>
internal static class Calls
{
    public static string Create(string text, string options = "{}") => Body("threads.create", $$"""{"input":{{Input(text, options)}}}""");

    public static string Add(string thread, string text, string options = "{}") =>
        Body("threads.add_user_message", $$"""{"thread_id":"{{thread}}","input":{{Input(text, options)}}}""");

    public static string Retry(string thread, string item) => Body("threads.retry_after_item", $$"""{"thread_id":"{{thread}}","item_id":"{{item}}"}""");

    public static string Body(string type, string parameters) => $$"""{"type":"{{type}}","params":{{parameters}}}""";

    /// <summary>A call that is answered with JSON.</summary>
    public static async Task<JsonElement> AskAsync(this BackendHost host, string type, string parameters, string? user = null)
    {
        using var response = await host.PostAsync(Body(type, parameters), user);
        var body = await response.Content.ReadAsStringAsync();
        Assert.True(response.StatusCode == HttpStatusCode.OK, $"{(int)response.StatusCode} {body}");
        Assert.Equal("application/json", response.Content.Headers.ContentType?.MediaType);
        return JsonDocument.Parse(body).RootElement;
    }

    /// <summary>A call that is refused; returns the problem's detail.</summary>
    public static async Task<string> RefusedAsync(this BackendHost host, HttpStatusCode status, string body, string? user = null, string contentType = "application/json")
    {
        using var response = await host.PostAsync(body, user, contentType);
        return await response.ProblemAsync(status);
    }

    public static async Task<string> ProblemAsync(this HttpResponseMessage response, HttpStatusCode status)
    {
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.StatusCode == status, $"{(int)response.StatusCode} {text}");
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        var problem = JsonDocument.Parse(text).RootElement;
        Assert.Equal((int)status, problem.GetProperty("status").GetInt32());
        return problem.TryGetProperty("detail", out var detail) ? detail.GetString()! : "";
    }

    /// <summary>A streamed call, read to its end.</summary>
    public static async Task<IReadOnlyList<JsonElement>> StreamAsync(this BackendHost host, string body, string? user = null)
    {
        using var response = await host.PostAsync(body, user);
        return await response.AllEventsAsync();
    }

    public static async Task<string> NewThreadAsync(this BackendHost host, string text = "Hi", string? user = null) =>
        (await host.StreamAsync(Create(text), user)).ThreadId();

    public static string ThreadId(this IReadOnlyList<JsonElement> events) => events[0].GetProperty("thread").GetProperty("id").GetString()!;

    public static async Task<IReadOnlyList<JsonElement>> ItemsAsync(this BackendHost host, string thread) =>
        [.. (await host.AskAsync("items.list", $$"""{"thread_id":"{{thread}}","order":"asc","limit":100}""")).GetProperty("data").EnumerateArray()];

    public static string Id(this JsonElement element) => element.GetProperty("id").GetString()!;

    /// <summary>The text of a message, or of a text delta.</summary>
    public static string Text(this JsonElement element) => element.TryGetProperty("update", out var update)
        ? update.GetProperty("delta").GetString()!
        : element.GetProperty("content")[0].GetProperty("text").GetString()!;

    public static bool IsDelta(this JsonElement element) =>
        element.Type() == "thread.item.updated" && element.GetProperty("update").Type() == "assistant_message.content_part.text_delta";

    private static string Input(string text, string options) =>
        $$"""{"content":[{"type":"input_text","text":{{JsonSerializer.Serialize(text)}}}],"attachments":[],"inference_options":{{options}}}""";
}
