using ChatKit.Testing.Upstream;
using Xunit;

namespace ChatKit.Gateway.Tests.Responses;

/// <summary>Responses in front of a provider that has the API: what reaches it, and what comes back, byte by byte.</summary>
public sealed class ResponsesPassThroughTests : IAsyncLifetime
{
    private ResponsesHost _host = null!;

    public async Task InitializeAsync() => _host = await ResponsesHost.StartAsync();

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task Every_byte_that_is_not_the_models_name_or_store_reaches_the_provider_as_it_was()
    {
        const string Body = """
             { "temperature" : 0.50e0, "input":[ {"content":"caf\u00e9 é \ud83d\ude00","role":"user","x":[1,2.0]} ],
               "tools":[{"type":"web_search", "aura" : 1}] ,"model":"native","store" :true }
            """;
        using var response = await _host.PostAsync("/v1/responses", Body);

        Assert.Equal(Body.Replace("\"native\"", "\"gpt-4o-upstream\"").Replace(":true", ":false"), _host.Upstream.Requests.Single().BodyText);
    }

    [Fact]
    public async Task Every_byte_that_is_not_the_models_name_reaches_the_client_as_it_was()
    {
        const string Answer = """
             {"aura" : [1.0,2e3, null], "model" :"gpt-x", "id":"resp_1","error":null, "output":[{"type":"aura","model":"inner","id":"i"}], "status":"completed" }
            """;
        _host.Upstream.Then(Replies.Json(Answer));
        using var response = await _host.PostAsync("/v1/responses", """{"model":"native","input":"hi"}""");

        Assert.Equal(Answer.Replace("\"gpt-x\"", "\"native\""), await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Every_event_reaches_the_client_as_it_was()
    {
        string[] events =
        [
            "event: response.created\ndata: {\"type\":\"response.created\",\"response\":{\"id\":\"resp_1\",\"model\":\"MODEL\",\"tools\":[{\"model\":\"kept\"}]}}\n\n",
            "event: aura\ndata: {\"type\":\"aura\",\"model\":\"kept\"}\n\n",
            "event: response.output_text.delta\ndata: {\"type\":\"response.output_text.delta\", \"delta\":\"Hi\"}\n\n",
            "event: response.completed\ndata: {\"type\":\"response.completed\",\"response\":{\"id\":\"resp_1\",\"model\":\"MODEL\",\"status\":\"completed\"}}\n\n",
        ];
        _host.Upstream.Then(Replies.Sse(events.Select(static said => said.Replace("MODEL", "gpt-x"))));
        using var response = await _host.PostAsync("/v1/responses", """{"model":"native","input":"hi","stream":true}""");

        Assert.Equal(string.Concat(events).Replace("MODEL", "native").Replace("\"aura\",\"model\":\"native\"", "\"aura\",\"model\":\"kept\""), await response.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("""event: error|data: {"type":"error","code":"rate_limit_exceeded","message":"Slow down.","param":null}""", 429)]
    [InlineData("""event: response.failed|data: {"type":"response.failed","response":{"id":"r","status":"failed","error":{"code":"server_error","message":"It broke."}}}""", 500)]
    public async Task A_failure_before_the_first_content_is_a_status(string said, int status)
    {
        _host.Upstream.Then(Replies.Sse([said.Replace('|', '\n') + "\n\n"]));
        using var response = await _host.PostAsync("/v1/responses", """{"model":"native","input":"hi","stream":true}""");

        Assert.Equal(status, (int)response.StatusCode);
    }

    [Theory]
    [InlineData("native")]
    [InlineData("translated")]
    public async Task A_stream_that_breaks_ends_with_an_error_event(string model)
    {
        _host.Upstream.Then(model is "translated"
            ? OpenAiReplies.BrokenStream(2, SseEnd.Close, TimeSpan.FromMilliseconds(20))
            : Replies.Sse(["data: {\"type\":\"response.output_text.delta\",\"delta\":\"Hi\"}\n\n"], delay: TimeSpan.FromMilliseconds(20)));
        using var response = await _host.PostAsync("/v1/responses", $$"""{"model":"{{model}}","input":"hi","stream":true}""");
        var body = await response.Content.ReadAsStringAsync();

        Assert.Contains("event: error\ndata: {\"type\":\"error\",\"code\":\"502\",\"message\":", body, StringComparison.Ordinal);
        Assert.DoesNotContain("response.completed", body, StringComparison.Ordinal);
    }
}
