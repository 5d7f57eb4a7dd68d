using System.Text;
using ChatKit.Gateway.Model;
using ChatKit.Gateway.Wire.Sse;
using ChatKit.Testing;

namespace ChatKit.Gateway.Tests.Providers.Fidelity;

/// <summary>What is spoilt: a request of each API in front, and an answer, a stream and an error of each provider's dialect.</summary>
internal static class FuzzSamples
{
    private const string Root = "tests/ChatKit.Gateway.Tests/Providers";

    private const string Completion = """
        {"id":"chatcmpl-1","object":"chat.completion","created":1760000000,"model":"m","choices":[{"index":0,"message":{"role":"assistant","content":"Hi","refusal":null,"reasoning_content":"Hm.",
        "tool_calls":[{"id":"call_1","type":"function","function":{"name":"now","arguments":"{}"}}],"annotations":[{"type":"url_citation","url_citation":{"url":"u","title":"t","start_index":0,"end_index":2}}]},
        "logprobs":null,"finish_reason":"tool_calls"}],"usage":{"prompt_tokens":9,"completion_tokens":2,"total_tokens":11,"prompt_tokens_details":{"cached_tokens":1}},"x_groq":{"usage":{"prompt_tokens":1}}}
        """;

    /// <summary>The APIs in front, each with a body that says much.</summary>
    public static IReadOnlyList<(Operation Operation, string Body)> Requests { get; } =
    [
        (Operation.Chat, Golden.Read($"{Root}/Fidelity/Golden/full.chat.json")),
        (Operation.Chat, Golden.Read($"{Root}/Anthropic/Golden/tools.chat.json")),
        (Operation.Messages, """
            {"model":"m","max_tokens":2000,"system":[{"type":"text","text":"Be brief.","cache_control":{"type":"ephemeral"}}],"messages":[{"role":"user","content":[{"type":"text","text":"Hi"},
            {"type":"image","source":{"type":"base64","media_type":"image/png","data":"iVBORw0KGgo="}}]},{"role":"assistant","content":[{"type":"thinking","thinking":"Hm.","signature":"EqQ="},
            {"type":"tool_use","id":"toolu_1","name":"now","input":{"a":[1]}}]},{"role":"user","content":[{"type":"tool_result","tool_use_id":"toolu_1","is_error":true,"content":[{"type":"text","text":"no"}]}]}],
            "tools":[{"name":"now","description":"d","input_schema":{"type":"object","properties":{}}}],"tool_choice":{"type":"auto","disable_parallel_tool_use":true},"temperature":0.5,"top_k":3,
            "stop_sequences":["END"],"thinking":{"type":"enabled","budget_tokens":1024},"metadata":{"user_id":"u"},"stream":true}
            """),
        (Operation.Responses, """
            {"model":"m","instructions":"Be brief.","input":[{"role":"user","content":[{"type":"input_text","text":"Hi"},{"type":"input_image","image_url":"data:image/png;base64,iVBORw0KGgo="}]},
            {"type":"function_call","call_id":"c1","name":"now","arguments":"{}"},{"type":"function_call_output","call_id":"c1","output":"noon"}],"tools":[{"type":"function","name":"now","parameters":{"type":"object","properties":{}}}],
            "tool_choice":"auto","text":{"format":{"type":"text"}},"max_output_tokens":50,"temperature":0.5,"metadata":{"a":"b"},"store":false,"stream":true}
            """),
        (Operation.Completions, """{"model":"m","prompt":"once","max_tokens":5,"echo":false,"n":1,"stop":["END"],"temperature":0.5,"user":"u","stream":true}"""),
        (Operation.Embeddings, """{"model":"m","input":["a",[1,2]],"dimensions":8,"encoding_format":"base64","user":"u"}"""),
    ];

    public static string Answer(string provider) => provider switch
    {
        "anthropic" => """
            {"id":"msg_1","type":"message","role":"assistant","model":"m","content":[{"type":"thinking","thinking":"t","signature":"s"},{"type":"text","text":"Hi","citations":[{"type":"web_search_result_location","url":"u","title":"t","cited_text":"c"}]},
            {"type":"server_tool_use","id":"s","name":"web_search","input":{}},{"type":"tool_use","id":"t","name":"now","input":{"a":[1]}},{"type":"tool_use","id":"u","name":"json_tool_call","input":{"b":1}}],
            "stop_reason":"refusal","stop_sequence":"x","stop_details":{"type":"refusal"},"usage":{"input_tokens":1,"cache_read_input_tokens":2,"output_tokens":3,"server_tool_use":{"web_search_requests":1},"service_tier":"standard"}}
            """,
        "bedrock" => """
            {"output":{"message":{"role":"assistant","content":[{"reasoningContent":{"reasoningText":{"text":"Hm.","signature":"s"}}},{"text":"Hi"},{"toolUse":{"toolUseId":"t","name":"now","input":{"a":[1]}}}]}},
            "stopReason":"tool_use","usage":{"inputTokens":1,"outputTokens":2,"totalTokens":3,"cacheReadInputTokens":1},"metrics":{"latencyMs":7}}
            """,
        "gemini" or "vertex_ai" => """
            {"candidates":[{"content":{"parts":[{"text":"Hm.","thought":true},{"text":"Hi","thoughtSignature":"s"},{"functionCall":{"name":"now","args":{"a":[1]}}}],"role":"model"},"finishReason":"STOP","index":0,
            "groundingMetadata":{"groundingChunks":[{"web":{"uri":"u","title":"t"}}],"groundingSupports":[{"segment":{"startIndex":0,"endIndex":2},"groundingChunkIndices":[0]}]}}],
            "usageMetadata":{"promptTokenCount":9,"candidatesTokenCount":2,"totalTokenCount":14,"thoughtsTokenCount":3,"cachedContentTokenCount":1},"modelVersion":"m","responseId":"r"}
            """,
        "cohere" => """
            {"id":"c1","finish_reason":"TOOL_CALL","message":{"role":"assistant","content":[{"type":"thinking","thinking":"Hm."},{"type":"text","text":"Hi"}],"tool_plan":"I will look.","tool_calls":[{"id":"t","type":"function","function":{"name":"now","arguments":"{}"}}],
            "citations":[{"start":0,"end":2,"text":"Hi","sources":[{"type":"document","id":"d","document":{"url":"u"}}]}]},"usage":{"billed_units":{"input_tokens":1,"output_tokens":2},"tokens":{"input_tokens":1,"output_tokens":2}}}
            """,
        "mistral" => Completion.Replace("\"content\":\"Hi\"", """ "content":[{"type":"thinking","thinking":[{"type":"text","text":"Hm."}]},{"type":"text","text":"Hi"},{"type":"reference","reference_ids":[1]}] """, StringComparison.Ordinal),
        _ => Completion,
    };

    public static IReadOnlyList<SseEvent> Stream(string provider) => provider switch
    {
        "anthropic" => [.. Transcript.Events(Golden.Read($"{Root}/Anthropic/Transcripts/websearch.sse")).SkipLast(2), .. Transcript.Events(Golden.Read($"{Root}/Anthropic/Transcripts/tools.sse")).Skip(1)],
        "bedrock" =>
        [
            Event("messageStart", """{"role":"assistant"}"""),
            Event("contentBlockDelta", """{"contentBlockIndex":0,"delta":{"reasoningContent":{"text":"Hm."}}}"""),
            Event("contentBlockDelta", """{"contentBlockIndex":0,"delta":{"reasoningContent":{"signature":"s"}}}"""),
            Event("contentBlockDelta", """{"contentBlockIndex":1,"delta":{"text":"Hi"}}"""),
            Event("contentBlockStart", """{"contentBlockIndex":2,"start":{"toolUse":{"name":"now","toolUseId":"t"}}}"""),
            Event("contentBlockDelta", """{"contentBlockIndex":2,"delta":{"toolUse":{"input":"{}"}}}"""),
            Event("contentBlockStop", """{"contentBlockIndex":2}"""),
            Event("messageStop", """{"stopReason":"tool_use"}"""),
            Event("metadata", """{"usage":{"inputTokens":1,"outputTokens":2,"totalTokens":3},"metrics":{"latencyMs":7}}"""),
        ],
        "gemini" or "vertex_ai" => Transcript.Events(
            "data: {\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"Hm.\",\"thought\":true}],\"role\":\"model\"},\"index\":0}],\"modelVersion\":\"m\",\"responseId\":\"r\"}\n\n" +
            "data: {\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"Hi\"},{\"functionCall\":{\"name\":\"now\",\"args\":{\"a\":[1]}}}],\"role\":\"model\"},\"finishReason\":\"STOP\",\"index\":0}],\"usageMetadata\":{\"promptTokenCount\":9,\"candidatesTokenCount\":2,\"totalTokenCount\":11}}\n\n"),
        "cohere" => Transcript.Events(
            "data: {\"type\":\"message-start\",\"id\":\"c1\",\"delta\":{\"message\":{\"role\":\"assistant\"}}}\n\n" +
            "data: {\"type\":\"content-start\",\"index\":0,\"delta\":{\"message\":{\"content\":{\"type\":\"text\",\"text\":\"\"}}}}\n\n" +
            "data: {\"type\":\"content-delta\",\"index\":0,\"delta\":{\"message\":{\"content\":{\"text\":\"Hi\"}}}}\n\n" +
            "data: {\"type\":\"content-end\",\"index\":0}\n\n" +
            "data: {\"type\":\"tool-call-start\",\"index\":0,\"delta\":{\"message\":{\"tool_calls\":{\"id\":\"t\",\"type\":\"function\",\"function\":{\"name\":\"now\",\"arguments\":\"\"}}}}}\n\n" +
            "data: {\"type\":\"tool-call-delta\",\"index\":0,\"delta\":{\"message\":{\"tool_calls\":{\"function\":{\"arguments\":\"{}\"}}}}}\n\n" +
            "data: {\"type\":\"message-end\",\"delta\":{\"finish_reason\":\"COMPLETE\",\"usage\":{\"tokens\":{\"input_tokens\":1,\"output_tokens\":2}}}}\n\n"),
        "mistral" => Vendor("mistral"),
        "groq" => Vendor("groq"),
        _ => [.. Vendor("deepseek").SkipLast(1), .. Vendor("openrouter")],
    };

    private static IReadOnlyList<SseEvent> Vendor(string name) => [.. Transcript.Events(Golden.Read($"{Root}/OpenAiCompatible/Transcripts/{name}.sse")).Where(static read => !read.Data.IsEmpty)];

    private static SseEvent Event(string type, string data) => new(Encoding.UTF8.GetBytes(type), Encoding.UTF8.GetBytes(data), default);
}
