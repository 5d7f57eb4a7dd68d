using System.Net;
using System.Text.Json;
using ChatKit.ServiceDefaults.Database;
using ChatKit.Testing.Databases;
using ChatKit.Testing.Upstream;
using Xunit;

namespace ChatKit.Gateway.Tests.Responses;

/// <summary>Responses that are kept: asked for again, gone on from, listed, deleted; on either database, and across a restart.</summary>
public sealed class KeptResponsesTests
{
    [SkippableTheory]
    [InlineData(DatabaseKind.Sqlite, "native")]
    [InlineData(DatabaseKind.Sqlite, "translated")]
    [InlineData(DatabaseKind.PostgreSql, "native")]
    [InlineData(DatabaseKind.PostgreSql, "translated")]
    public async Task A_response_can_be_asked_for_again_even_after_a_restart(DatabaseKind kind, string model)
    {
        await using var database = await TempDatabase.CreateMigratedAsync(kind);
        await using var host = await ResponsesHost.StartAsync(database);

        var made = await host.CreateAsync($$""" "model":"{{model}}","input":"say hello" """);
        await host.RestartAsync();
        var kept = await host.GetAsync($"/v1/responses/{Id(made)}");

        Assert.Equal(made.GetRawText(), kept.GetRawText());
        Assert.Equal(("completed", model, true), (kept.GetProperty("status").GetString(), kept.GetProperty("model").GetString(), kept.GetProperty("store").GetBoolean()));
    }

    [SkippableTheory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.PostgreSql)]
    public async Task A_conversation_goes_on_over_a_restart_with_any_provider(DatabaseKind kind)
    {
        await using var database = await TempDatabase.CreateMigratedAsync(kind);
        await using var host = await ResponsesHost.StartAsync(database);

        var first = await host.CreateAsync(""" "model":"translated","input":"one","instructions":"Be brief." """);
        await host.RestartAsync();
        var second = await host.CreateAsync($$""" "model":"translated","input":[{"role":"user","content":"two"}],"previous_response_id":"{{Id(first)}}" """);
        var third = await host.CreateAsync($$""" "model":"translated","input":"three","previous_response_id":"{{Id(second)}}" """);

        Assert.Equal(Id(second), third.GetProperty("previous_response_id").GetString());
        Assert.Equal(
            ["user: one", "assistant: Hello from the fake upstream.", "user: two", "assistant: Hello from the fake upstream.", "user: three"],
            host.Upstream.Requests[^1].Json.GetProperty("messages").EnumerateArray().Select(message => $"{message.GetProperty("role")}: {message.GetProperty("content")}"));
    }

    [Fact]
    public async Task A_provider_that_keeps_its_answers_is_asked_to_go_on_from_its_own()
    {
        await using var database = await TempDatabase.CreateMigratedAsync(DatabaseKind.Sqlite);
        await using var host = await ResponsesHost.StartAsync(database);

        var first = await host.CreateAsync(""" "model":"native","input":"one" """);
        await host.CreateAsync($$""" "model":"native","input":"two","previous_response_id":"{{Id(first)}}" """);

        var sent = host.Upstream.Requests[^1].Json;
        Assert.Equal((Id(first), "two"), (sent.GetProperty("previous_response_id").GetString(), sent.GetProperty("input").GetString()));
    }

    [Theory]
    [InlineData("native", "translated", "messages")]
    [InlineData("translated", "native", "input")]
    public async Task A_conversation_can_change_the_provider(string from, string to, string member)
    {
        await using var database = await TempDatabase.CreateMigratedAsync(DatabaseKind.Sqlite);
        await using var host = await ResponsesHost.StartAsync(database);

        var first = await host.CreateAsync($$""" "model":"{{from}}","input":"one" """);
        var second = await host.CreateAsync($$""" "model":"{{to}}","input":"two","previous_response_id":"{{Id(first)}}" """);

        Assert.Equal("completed", second.GetProperty("status").GetString());
        var sent = host.Upstream.Requests[^1].Json;
        Assert.Equal(3, sent.GetProperty(member).GetArrayLength());
        Assert.False(sent.TryGetProperty("previous_response_id", out _));
    }

    [Theory]
    [InlineData("native")]
    [InlineData("translated")]
    public async Task A_streamed_response_is_kept_before_its_end_reaches_the_client(string model)
    {
        await using var database = await TempDatabase.CreateMigratedAsync(DatabaseKind.Sqlite);
        await using var host = await ResponsesHost.StartAsync(database);

        using var streamed = await host.PostAsync("/v1/responses", $$"""{"model":"{{model}}","input":"say hello","stream":true}""");
        var last = (await streamed.Content.ReadAsStringAsync()).Split("data: ")[^1];
        var response = JsonSerializer.Deserialize<JsonElement>(last).GetProperty("response");

        Assert.Equal(response.GetRawText(), (await host.GetAsync($"/v1/responses/{Id(response)}")).GetRawText());
    }

    [Fact]
    public async Task Input_items_come_in_pages()
    {
        await using var database = await TempDatabase.CreateMigratedAsync(DatabaseKind.Sqlite);
        await using var host = await ResponsesHost.StartAsync(database);
        var first = await host.CreateAsync(""" "model":"translated","input":"one" """);
        var second = await host.CreateAsync($$""" "model":"translated","input":[{"role":"user","content":"two"},{"role":"user","content":"three"}],"previous_response_id":"{{Id(first)}}" """);

        var newest = await host.GetAsync($"/v1/responses/{Id(second)}/input_items?limit=3");
        var rest = await host.GetAsync($"/v1/responses/{Id(second)}/input_items?limit=3&after={newest.GetProperty("last_id").GetString()}");
        var oldest = await host.GetAsync($"/v1/responses/{Id(second)}/input_items?order=asc&limit=1");

        Assert.Equal(("list", true, false), (newest.GetProperty("object").GetString(), newest.GetProperty("has_more").GetBoolean(), rest.GetProperty("has_more").GetBoolean()));
        Assert.Equal(["three", "two", "Hello from the fake upstream."], Texts(newest));
        Assert.Equal(["one"], Texts(rest));
        Assert.Equal(["one"], Texts(oldest));
    }

    [Theory]
    [InlineData("?limit=0", "limit")]
    [InlineData("?limit=101", "limit")]
    [InlineData("?order=up", "order")]
    public async Task A_wrong_page_is_refused(string query, string param)
    {
        await using var database = await TempDatabase.CreateMigratedAsync(DatabaseKind.Sqlite);
        await using var host = await ResponsesHost.StartAsync(database);
        var made = await host.CreateAsync(""" "model":"translated","input":"one" """);

        var refused = await host.GetAsync($"/v1/responses/{Id(made)}/input_items{query}");

        Assert.Equal(param, refused.GetProperty("error").GetProperty("param").GetString());
    }

    [Fact]
    public async Task A_deleted_response_is_gone_and_a_finished_one_cannot_be_cancelled()
    {
        await using var database = await TempDatabase.CreateMigratedAsync(DatabaseKind.Sqlite);
        await using var host = await ResponsesHost.StartAsync(database);
        var id = Id(await host.CreateAsync(""" "model":"translated","input":"one" """));

        using var cancelled = await host.PostAsync($"/v1/responses/{id}/cancel", "");
        var deleted = await ResponsesHost.ReadAsync(await host.Gateway.Client.DeleteAsync(new Uri($"/v1/responses/{id}", UriKind.Relative)));
        using var again = await host.Gateway.Client.GetAsync(new Uri($"/v1/responses/{id}", UriKind.Relative));

        Assert.Equal(HttpStatusCode.BadRequest, cancelled.StatusCode);
        Assert.Equal($$"""{"id":"{{id}}","object":"response","deleted":true}""", deleted.GetRawText());
        Assert.Equal(HttpStatusCode.NotFound, again.StatusCode);
    }

    [Fact]
    public async Task What_the_client_does_not_want_kept_is_not_kept_anywhere()
    {
        await using var database = await TempDatabase.CreateMigratedAsync(DatabaseKind.Sqlite);
        await using var host = await ResponsesHost.StartAsync(database);

        var made = await host.CreateAsync(""" "model":"native","input":"one","store":false """);
        using var asked = await host.Gateway.Client.GetAsync(new Uri($"/v1/responses/{Id(made)}", UriKind.Relative));

        Assert.Equal(HttpStatusCode.NotFound, asked.StatusCode);
        Assert.False(host.Upstream.Requests.Single().Json.GetProperty("store").GetBoolean());
    }

    [Fact]
    public async Task An_answer_that_failed_is_not_kept_and_says_why()
    {
        await using var database = await TempDatabase.CreateMigratedAsync(DatabaseKind.Sqlite);
        await using var host = await ResponsesHost.StartAsync(database);
        host.Upstream.Then(OpenAiReplies.RateLimited(3));

        using var refused = await host.PostAsync("/v1/responses", """{"model":"native","input":"one"}""");

        Assert.Equal((HttpStatusCode)429, refused.StatusCode);
        Assert.Contains("Rate limit reached", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_previous_response_is_refused_before_anybody_is_called()
    {
        await using var database = await TempDatabase.CreateMigratedAsync(DatabaseKind.Sqlite);
        await using var host = await ResponsesHost.StartAsync(database);

        var refused = await host.CreateAsync(""" "model":"native","input":"one","previous_response_id":"resp_0fakeOfSomebodyElse" """);

        Assert.Equal("previous_response_not_found", refused.GetProperty("error").GetProperty("code").GetString());
        Assert.Empty(host.Upstream.Requests);
    }

    private static string Id(JsonElement response) => response.GetProperty("id").GetString()!;

    private static IEnumerable<string?> Texts(JsonElement page) =>
        page.GetProperty("data").EnumerateArray().Select(item => item.GetProperty("content")[0].GetProperty("text").GetString());
}
