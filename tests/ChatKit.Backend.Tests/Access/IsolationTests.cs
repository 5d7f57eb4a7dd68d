using System.Net;
using System.Text;
using ChatKit.Backend.Tests.Attachments;
using ChatKit.Backend.Tests.Hosting;
using ChatKit.Data.Chat;
using ChatKit.ServiceDefaults.Database;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace ChatKit.Backend.Tests.Access;

/// <summary>
/// Mallory knows every id of Alice's, and tries every request type and every route. A type or a route that is added without a row here fails the test.
/// </summary>
public sealed class IsolationTests
{
    private const string Words = "the secret plan";

    /// <summary>Of each request type: its parameters with Alice's ids, and what Mallory gets. <c>[]</c> is an empty page, <c>{}</c> means that nothing was done.</summary>
    private static readonly (string Type, string Params, string Answer)[] Types =
    [
        ("threads.create", """{"input":{"content":[],"attachments":["FREE"],"inference_options":{} } }""", "404"),
        ("threads.add_user_message", """{"thread_id":"THREAD","input":{"content":[{"type":"input_text","text":"mine now"}],"attachments":[],"inference_options":{} } }""", "404"),
        ("threads.edit_user_message", """{"thread_id":"THREAD","item_id":"MESSAGE","input":{"content":[{"type":"input_text","text":"mine now"}],"attachments":[],"inference_options":{} } }""", "404"),
        ("threads.add_client_tool_output", """{"thread_id":"THREAD","result":{"forged":true} }""", "404"),
        ("threads.add_structured_input", """{"thread_id":"THREAD","item_id":"FORM","input":{"status":"skipped","answers":{} } }""", "404"),
        ("threads.retry_after_item", """{"thread_id":"THREAD","item_id":"MESSAGE"}""", "404"),
        ("threads.custom_action", """{"thread_id":"THREAD","item_id":"WIDGET","action":{"type":"buy"} }""", "404"),
        ("threads.sync_custom_action", """{"thread_id":"THREAD","item_id":"WIDGET","action":{"type":"buy"} }""", "404"),
        ("threads.get_by_id", """{"thread_id":"THREAD"}""", "404"),
        ("threads.list", """{"limit":9999}""", "[]"),
        ("threads.update", """{"thread_id":"THREAD","title":"Owned"}""", "404"),
        ("threads.delete", """{"thread_id":"THREAD"}""", "{}"),
        ("items.list", """{"thread_id":"THREAD"}""", "404"),
        ("items.feedback", """{"thread_id":"THREAD","item_ids":["MESSAGE"],"kind":"negative"}""", "404"),
        ("attachments.create", """{"name":"a.txt","size":1,"mime_type":"text/plain"}""", "own"),
        ("attachments.delete", """{"attachment_id":"FREE"}""", "{}"),
        ("input.transcribe", """{"audio_base64":"","mime_type":"audio/webm"}""", "422"),
    ];

    /// <summary>Of each route beside the protocol's: how Mallory calls it, and the status. What is the same for everybody is 200.</summary>
    private static readonly (string Method, string Pattern, string Call, int Status)[] Routes =
    [
        ("GET", "/attachments/{id}", "/attachments/HELD", 404),
        ("GET", "/attachments/{id}", "/attachments/FREE", 404),
        ("PUT", "/attachments/{id}", "/attachments/EMPTY", 404),
        ("POST", "/attachments/{id}", "/attachments/EMPTY", 404),
        ("POST", "/attachments", "/attachments", 422),
        ("GET", "/api/threads/{threadId}/stream", "/api/threads/THREAD/stream", 404),
        ("POST", "/api/threads/{threadId}/cancel", "/api/threads/THREAD/cancel", 404),
        ("GET", "/api/threads/search", "/api/threads/search?q=secret", 200),
        ("GET", "/api/tools", "/api/tools", 200),
        ("GET", "/api/models", "/api/models", 502),
        ("GET", "/api/page", "/api/page", 200),
        ("GET", "/api/session", "/api/session", 200),
        ("GET", "/api/users/", "/api/users", 403),
        ("POST", "/api/users/", "/api/users", 403),
        ("PATCH", "/api/users/{id}", "/api/users/alice", 403),
        ("DELETE", "/api/users/{id}", "/api/users/alice", 403),
    ];

    [Fact]
    public void Every_request_type_has_its_row() => Assert.Equal(Verbs.Known.Keys.Order(StringComparer.Ordinal), Types.Select(row => row.Type).Order(StringComparer.Ordinal));

    [Fact]
    public async Task Every_route_has_its_row()
    {
        await using var host = await BackendHost.StartAsync(Answers.Nothing);
        var mapped = host.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(route => route.RoutePattern.RawText is not "/chatkit" && route.RoutePattern.RawText?.StartsWith("/health", StringComparison.Ordinal) is false)
            .SelectMany(route => route.Metadata.GetMetadata<IHttpMethodMetadata>()!.HttpMethods.Select(method => (method, route.RoutePattern.RawText!)));

        Assert.Equal(mapped.Distinct().Order(), Routes.Select(row => (row.Method, row.Pattern)).Distinct().Order());
    }

    [SkippableTheory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.PostgreSql)]
    public async Task Nothing_of_another_person_can_be_seen_changed_or_told_from_what_does_not_exist(DatabaseKind kind)
    {
        await using var host = await BackendHost.StartAsync(Answers.Saying(Words), kind);
        var ids = await AliceAsync(host);
        var before = await EverythingAsync(host, ids);
        foreach (var (type, parameters, answer) in Types)
        {
            var hers = await SayAsync(host, type, Fill(parameters, ids));
            var nobodys = await SayAsync(host, type, Fill(parameters, Unknown(ids)));
            Assert.True(Fits(answer, hers), $"{type}: {hers}");
            if (answer != "own")
                Assert.Equal(nobodys, hers);
        }

        foreach (var (method, _, call, status) in Routes)
        {
            using var request = new HttpRequestMessage(HttpMethod.Parse(method), new Uri(Fill(call, ids), UriKind.Relative)) { Headers = { { HeaderUser.Header, "mallory" } } };
            if (method is "PUT" or "POST")
                request.Content = new ByteArrayContent("forged"u8.ToArray());
            using var response = await host.Http.SendAsync(request);
            var body = await response.Content.ReadAsStringAsync();
            Assert.True((int)response.StatusCode == status, $"{method} {call}: {(int)response.StatusCode} {body}");
            Assert.DoesNotContain("secret", body, StringComparison.Ordinal);
        }

        Assert.Equal(before, await EverythingAsync(host, ids));
    }

    /// <summary>A thread with a file, a widget, a form and a tool call that wait, and files that no message took: one with bytes, one without.</summary>
    private static async Task<Dictionary<string, string>> AliceAsync(BackendHost host)
    {
        var ids = new Dictionary<string, string>();
        foreach (var file in (string[])["HELD", "FREE", "EMPTY"])
        {
            var announced = await host.AnnounceAsync($"{file}.txt", "text/plain");
            ids[file] = announced.Id();
            if (file == "EMPTY")
                continue;
            using var put = await host.Http.PutAsync(new Uri($"/attachments/{announced.Id()}", UriKind.Relative), new ByteArrayContent(Encoding.UTF8.GetBytes(Words)));
            Assert.Equal(HttpStatusCode.NoContent, put.StatusCode);
        }

        var events = await host.StreamAsync(Calls.Body(
            "threads.create",
            Fill("""{"input":{"content":[{"type":"input_text","text":"the secret question"}],"attachments":["HELD"],"inference_options":{} } }""", ids)));
        (ids["THREAD"], ids["MESSAGE"]) = (events.ThreadId(), events[1].GetProperty("item").Id());
        (ids["FORM"], ids["WIDGET"], ids["TOOL"]) = ("inp_1", "wig_1", "tc_1");
        await using var database = host.Database.Open();
        (string Id, string Type, string Fields)[] items =
        [
            (ids["WIDGET"], "widget", "\"widget\":{\"type\":\"Card\",\"children\":[]}"),
            (ids["FORM"], "structured_input", "\"status\":\"pending\",\"inputs\":[{\"type\":\"freeform\",\"id\":\"q\",\"question\":\"Where?\"}]"),
            (ids["TOOL"], "client_tool_call", "\"status\":\"pending\",\"call_id\":\"c1\",\"name\":\"look\",\"arguments\":{}"),
        ];
        foreach (var (id, type, fields) in items)
            database.Items.Add(Item(ids["THREAD"], id, type, fields, sequence: 10 + database.ChangeTracker.Entries().Count()));
        await database.SaveChangesAsync();
        return ids;
    }

    private static ItemRow Item(string thread, string id, string type, string fields, long sequence) => new()
    {
        ThreadId = thread,
        Id = id,
        Sequence = sequence,
        Type = type,
        Hidden = false,
        CreatedAt = new DateTime(2026, 11, 23, 0, 0, 0, DateTimeKind.Utc),
        Body = $$"""{"type":"{{type}}","id":"{{id}}","thread_id":"{{thread}}","created_at":"2026-11-23T00:00:00Z",{{fields}}}""",
    };

    /// <summary>Status and body of Mallory's call, without what differs between any two answers.</summary>
    private static async Task<string> SayAsync(BackendHost host, string type, string parameters)
    {
        using var response = await host.PostAsync(Calls.Body(type, parameters), user: "mallory");
        var body = await response.Content.ReadAsStringAsync();
        return $"{(int)response.StatusCode} {System.Text.RegularExpressions.Regex.Replace(body, "\"traceId\":\"[^\"]*\"", "")}";
    }

    private static bool Fits(string answer, string said) => answer switch
    {
        "[]" => said == """200 {"data":[],"has_more":false}""",
        "{}" => said == "200 {}",
        "own" => said.StartsWith("200 ", StringComparison.Ordinal),
        _ => said.StartsWith(answer, StringComparison.Ordinal) && !said.Contains("secret", StringComparison.Ordinal),
    };

    /// <summary>All that Alice has, as she sees it, and how many rows there are of hers.</summary>
    private static async Task<string> EverythingAsync(BackendHost host, Dictionary<string, string> ids)
    {
        var thread = await host.AskAsync("threads.get_by_id", Fill("""{"thread_id":"THREAD"}""", ids));
        var files = new List<string>();
        foreach (var file in (string[])["HELD", "FREE"])
            files.Add(await host.Http.GetStringAsync(new Uri($"/attachments/{ids[file]}", UriKind.Relative)));
        await using var database = host.Database.Open();
        var counts = (
            await database.Threads.CountAsync(),
            await database.Items.CountAsync(),
            await database.Feedback.CountAsync(),
            await database.Attachments.CountAsync(row => row.UserId == "alice"),
            await database.Attachments.CountAsync(row => row.UploadedAt == null && row.UserId == "alice"));
        return $"{thread.GetRawText()} {string.Join('|', files)} {counts}";
    }

    private static Dictionary<string, string> Unknown(Dictionary<string, string> ids) => ids.ToDictionary(pair => pair.Key, pair => $"{pair.Value[..^1]}?");

    private static string Fill(string text, Dictionary<string, string> ids) =>
        ids.Aggregate(text, (filled, pair) => filled.Replace(pair.Key, pair.Value, StringComparison.Ordinal));
}
