using System.Text;
using System.Text.Json;
using ChatKit.Gateway.Cache;
using ChatKit.Gateway.Cache.Replay;
using Xunit;

namespace ChatKit.Gateway.Tests.Cache;

/// <summary>Answers in their other form: a whole that becomes a stream and a whole again is what it was.</summary>
public sealed class ReplayTests
{
    [Theory]
    [InlineData("chat", """{"id":"c","object":"chat.completion","created":1,"model":"m","choices":[{"index":0,"message":{"role":"assistant","content":"Hé\n\"x\"","reasoning_content":"hm","refusal":null},"logprobs":{"content":[{"token":"H","logprob":-1}],"refusal":null},"finish_reason":"stop"}],"usage":{"total_tokens":3},"service_tier":"default"}""")]
    [InlineData("chat", """{"id":"c","object":"chat.completion","created":1,"model":"m","choices":[{"index":0,"message":{"role":"assistant","content":null,"refusal":null,"tool_calls":[{"id":"1","type":"function","function":{"name":"f","arguments":"{\"a\":1}"}},{"id":"2","type":"function","function":{"name":"g","arguments":"{}"}}]},"logprobs":null,"finish_reason":"tool_calls"},{"index":1,"message":{"role":"assistant","content":"b","refusal":null},"logprobs":null,"finish_reason":"length"}],"usage":{"total_tokens":3}}""")]
    [InlineData("completions", """{"id":"c","object":"text_completion","created":1,"model":"m","choices":[{"index":0,"text":"abc","logprobs":null,"finish_reason":"stop"}],"usage":{"total_tokens":3}}""")]
    [InlineData("messages", """{"id":"m","type":"message","role":"assistant","model":"m","content":[{"type":"thinking","thinking":"hm","signature":"sig"},{"type":"text","text":"Hi","citations":[{"type":"char_location","cited_text":"x"}]},{"type":"tool_use","id":"t","name":"f","input":{"a":[1,"b"]}},{"type":"redacted_thinking","data":"xx"}],"stop_reason":"tool_use","stop_sequence":null,"usage":{"input_tokens":1,"output_tokens":2}}""")]
    [InlineData("responses", """{"id":"r","object":"response","status":"completed","output":[{"type":"reasoning","id":"rs","summary":[{"type":"summary_text","text":"hm"}]},{"type":"message","id":"msg","role":"assistant","status":"completed","content":[{"type":"output_text","text":"Hi","annotations":[]}]},{"type":"function_call","id":"fc","call_id":"1","name":"f","arguments":"{}","status":"completed"},{"type":"web_search_call","id":"ws","status":"completed"}],"usage":{"total_tokens":3}}""")]
    [InlineData("generate_content", """{"candidates":[{"content":{"parts":[{"text":"a","thought":true},{"text":"b"},{"functionCall":{"name":"f","args":{}}}],"role":"model"},"finishReason":"STOP","index":0}],"usageMetadata":{"totalTokenCount":3}}""")]
    public void A_document_survives_being_a_stream(string operation, string document)
    {
        var kept = new CachedAnswer(AnswerKind.Document, "application/json", Encoding.UTF8.GetBytes(document), default, "d1", null);

        var stream = Replays.For(operation, kept, asStream: true, withUsage: true)!;
        var again = Replays.For(operation, stream, asStream: false, withUsage: false)!;

        Assert.Equal(AnswerKind.Events, stream.Form);
        Assert.True(JsonElement.DeepEquals(Parse(document), Parse(Encoding.UTF8.GetString(again.Body.Span))), Encoding.UTF8.GetString(again.Body.Span));
    }

    [Theory]
    [InlineData("chat", """{"choices":[{"index":0,"delta":{"audio":{"data":"x"}}}]}""")]
    [InlineData("chat", """{"choices":[{"index":0,"delta":{"thinking_blocks":[{}]}}]}""")]
    [InlineData("completions", """{"choices":[{"index":0,"text":"x","logprobs":{"tokens":["x"]}}]}""")]
    [InlineData("messages", """{"type":"content_block_delta","index":0,"delta":{"type":"new_delta","x":1}}""")]
    [InlineData("messages", """{"type":"unheard_of"}""")]
    [InlineData("responses", """{"type":"response.output_text.delta","delta":"cut"}""")]
    public void What_nobody_knows_how_to_add_up_is_not_added_up(string operation, string data)
    {
        var stream = $"data: {{\"type\":\"ping\"}}\n\ndata: {data}\n\ndata: {{\"choices\":[],\"usage\":{{\"total_tokens\":1}}}}\n\n";
        var kept = new CachedAnswer(AnswerKind.Events, "text/event-stream", Encoding.UTF8.GetBytes(operation is "chat" or "completions" ? stream : $"data: {data}\n\n"), default, "d1", null);

        Assert.Null(Replays.For(operation, kept, asStream: false, withUsage: false));
        Assert.NotNull(Replays.For(operation, kept, asStream: true, withUsage: operation is "chat" or "completions"));
    }

    private static JsonElement Parse(string json) => JsonSerializer.Deserialize<JsonElement>(json);
}
