using System.Globalization;
using System.Text.Json;
using ChatKit.Testing.Upstream;

namespace ChatKit.Backend.Tests.Hosting;

/// <summary>What a model streams beside text, as the gateway sends it: calls of tools, reasoning, sources, pictures.</summary>
internal static class ModelReplies
{
    /// <summary>Each delta as a chunk of its own, then the finish.</summary>
    public static Reply Deltas(string finish, params IEnumerable<string> deltas) => Replies.Sse(
    [
        .. deltas.Select(delta => Chunk(delta, "null")),
        Chunk("{}", $"\"{finish}\""),
        "data: [DONE]\n\n",
    ]);

    /// <summary>Calls, in pieces as OpenAI streams them; the ids are call_0, call_1 …</summary>
    public static Reply Calls(params (string Name, string Arguments)[] calls) => Deltas("tool_calls",
    [
        .. calls.Select((call, i) => Call(i, $"call_{i}", call.Name, "")),
        .. calls.Select((call, i) => $$"""{"tool_calls":[{"index":{{i}},"function":{"arguments":{{Quoted(call.Arguments)}} } }]}"""),
    ]);

    public static string Call(int index, string id, string name, string arguments) =>
        $$"""{"tool_calls":[{"index":{{index.ToString(CultureInfo.InvariantCulture)}},"id":{{Quoted(id)}},"type":"function","function":{"name":{{Quoted(name)}},"arguments":{{Quoted(arguments)}} } }]}""";

    public static string Thought(string text) => $$"""{"reasoning_content":{{Quoted(text)}} }""";

    public static string Words(string text) => $$"""{"content":{{Quoted(text)}} }""";

    private static string Chunk(string delta, string finish) =>
        $$"""data: {"id":"chatcmpl-1","object":"chat.completion.chunk","created":1760000000,"model":"fake","choices":[{"index":0,"delta":{{delta}},"logprobs":null,"finish_reason":{{finish}} }]}""" + "\n\n";

    private static string Quoted(string text) => $"\"{JsonEncodedText.Encode(text)}\"";
}
