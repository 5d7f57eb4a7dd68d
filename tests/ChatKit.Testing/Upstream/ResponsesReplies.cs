using System.Text.Encodings.Web;
using System.Text.Json;

namespace ChatKit.Testing.Upstream;

/// <summary>What OpenAI's Responses API says, in the shape and member order of the real provider.</summary>
public static class ResponsesReplies
{
    private const string Prefix = "resp_0fake";

    /// <summary>True for an id that one of these answers had.</summary>
    public static bool Gave(string id) => id.StartsWith(Prefix, StringComparison.Ordinal);

    /// <summary>This text under an id of its own, plain or streamed as the request asks; chat where it was asked for chat.</summary>
    public static Reply Text(string text) => (request, http) =>
    {
        if (!request.Path.EndsWith("/responses", StringComparison.Ordinal)) return OpenAiReplies.Text(text)(request, http);
        var body = request.Json;
        var response = Response(text, body, $"{Prefix}{Guid.NewGuid():N}");
        var streamed = body.TryGetProperty("stream", out var stream) && stream.ValueKind is JsonValueKind.True;
        return (streamed ? Replies.Sse(Stream(text, response)) : Replies.Json(response))(request, http);
    };

    /// <summary>"one two" as the beginning of a stream, and then silence.</summary>
    public static Reply OneTwo => (request, http) =>
        Replies.Sse(Stream("one two three", Response("one two three", request.Json, $"{Prefix}1")).Take(6), SseEnd.Silence)(request, http);

    /// <summary>Calls of <c>weather</c> with <c>{"city":"Paris"}</c> and of <c>now</c> with <c>{}</c>, plain or streamed as the request asks.</summary>
    public static Reply ToolCalls => (request, http) =>
    {
        var body = request.Json;
        var items = string.Join(',', Call(0, "weather", """{\"city\":\"Paris\"}"""), Call(1, "now", "{}"));
        var response = Response("", body, $"{Prefix}{Guid.NewGuid():N}").Replace($"\"output\":[{Item("")}]", $"\"output\":[{items}]", StringComparison.Ordinal);
        if (!(body.TryGetProperty("stream", out var stream) && stream.ValueKind is JsonValueKind.True)) return Replies.Json(response)(request, http);
        return Replies.Sse(
        [
            $"event: response.created\ndata: {{\"type\":\"response.created\",\"sequence_number\":0,\"response\":{response.Replace(items, "", StringComparison.Ordinal)}}}\n\n",
            .. Streamed(0, "weather", """{\"city\":\"Paris\"}"""),
            .. Streamed(1, "now", "{}"),
            $"event: response.completed\ndata: {{\"type\":\"response.completed\",\"sequence_number\":9,\"response\":{response}}}\n\n",
        ])(request, http);
    };

    /// <summary>The events of a streamed text; the last ones repeat the whole response.</summary>
    public static IEnumerable<string> Stream(string text, string response)
    {
        var opening = response.Replace("\"status\":\"completed\"", "\"status\":\"in_progress\"", StringComparison.Ordinal);
        var sequence = 0;
        yield return Event("response.created", $"\"response\":{opening}");
        yield return Event("response.in_progress", $"\"response\":{opening}");
        yield return Event("response.output_item.added", """
            "output_index":0,"item":{"id":"msg_1","type":"message","status":"in_progress","content":[],"role":"assistant"}
            """);
        yield return Event("response.content_part.added", """
            "item_id":"msg_1","output_index":0,"content_index":0,"part":{"type":"output_text","annotations":[],"logprobs":[],"text":""}
            """);
        foreach (var word in OpenAiReplies.Words(text))
            yield return Event("response.output_text.delta", $"\"item_id\":\"msg_1\",\"output_index\":0,\"content_index\":0,\"delta\":{Quoted(word)},\"logprobs\":[],\"obfuscation\":\"x9\"");
        yield return Event("response.output_text.done", $"\"item_id\":\"msg_1\",\"output_index\":0,\"content_index\":0,\"text\":{Quoted(text)},\"logprobs\":[]");
        yield return Event("response.content_part.done", $"\"item_id\":\"msg_1\",\"output_index\":0,\"content_index\":0,\"part\":{Part(text)}");
        yield return Event("response.output_item.done", $"\"output_index\":0,\"item\":{Item(text)}");
        yield return Event("response.completed", $"\"response\":{response}");

        string Event(string type, string members) => $"event: {type}\ndata: {{\"type\":\"{type}\",\"sequence_number\":{sequence++},{members.Trim()}}}\n\n";
    }

    /// <summary>A whole response that repeats what was asked.</summary>
    public static string Response(string text, JsonElement asked, string id)
    {
        var words = OpenAiReplies.Words(text).Count();
        return $$$"""
            {"id":"{{{id}}}","object":"response","created_at":1760000000,"status":"completed","background":false,"error":null,"incomplete_details":null,"instructions":{{{Given(asked, "instructions", "null")}}},"max_output_tokens":null,"model":{{{Given(asked, "model", "null")}}},"output":[{{{Item(text)}}}],"parallel_tool_calls":true,"previous_response_id":{{{Given(asked, "previous_response_id", "null")}}},"reasoning":{"effort":null,"summary":null},"store":{{{Given(asked, "store", "true")}}},"temperature":1.0,"text":{"format":{"type":"text"}},"tool_choice":"auto","tools":[],"top_p":1.0,"truncation":"disabled","usage":{"input_tokens":9,"input_tokens_details":{"cached_tokens":4},"output_tokens":{{{words}}},"output_tokens_details":{"reasoning_tokens":0},"total_tokens":{{{words + 9}}}},"user":null,"metadata":{}}
            """;
    }

    private static IEnumerable<string> Streamed(int index, string name, string arguments) =>
    [
        $"event: response.output_item.added\ndata: {{\"type\":\"response.output_item.added\",\"sequence_number\":{4 * index + 1},\"output_index\":{index},\"item\":{Call(index, name, "")}}}\n\n",
        $"event: response.function_call_arguments.delta\ndata: {{\"type\":\"response.function_call_arguments.delta\",\"sequence_number\":{4 * index + 2},\"item_id\":\"fc_{index}\",\"output_index\":{index},\"delta\":\"{arguments}\"}}\n\n",
        $"event: response.function_call_arguments.done\ndata: {{\"type\":\"response.function_call_arguments.done\",\"sequence_number\":{4 * index + 3},\"item_id\":\"fc_{index}\",\"output_index\":{index},\"arguments\":\"{arguments}\"}}\n\n",
        $"event: response.output_item.done\ndata: {{\"type\":\"response.output_item.done\",\"sequence_number\":{4 * index + 4},\"output_index\":{index},\"item\":{Call(index, name, arguments)}}}\n\n",
    ];

    private static string Call(int index, string name, string arguments) =>
        $$"""{"id":"fc_{{index}}","type":"function_call","status":"completed","arguments":"{{arguments}}","call_id":"call_{{index + 1}}","name":"{{name}}"}""";

    private static string Item(string text) => $$"""{"id":"msg_1","type":"message","status":"completed","content":[{{Part(text)}}],"role":"assistant"}""";

    private static string Part(string text) => $$"""{"type":"output_text","annotations":[],"logprobs":[],"text":{{Quoted(text)}}}""";

    private static string Given(JsonElement asked, string member, string otherwise) => asked.TryGetProperty(member, out var value) ? value.GetRawText() : otherwise;

    private static string Quoted(string text) => $"\"{JsonEncodedText.Encode(text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\"";
}
