using System.Text.Json;

namespace ChatKit.Gateway.Tests.Providers.OverChat;

/// <summary>A made-up conversation with tools, by a seed; and a plain telling of it, by which two wordings can be compared.</summary>
internal sealed class RandomTalk
{
    private static readonly string[] Words = ["Grüße", "\"quoted\"", "line\nbreak", "😀", "a\\b", "plain", "{\"json\":1}"];

    private readonly Random _random;
    private readonly List<Turn> _turns = [];
    private readonly List<string> _tools = [];
    private int _ids;

    private RandomTalk(int seed) => _random = new Random(seed);

    public static RandomTalk Make(int seed)
    {
        var talk = new RandomTalk(seed);
        for (var i = talk._random.Next(1, 4); i > 0; i--) talk._tools.Add($"tool_{i}");
        for (var i = talk._random.Next(1, 5); i > 0; i--)
        {
            talk._turns.Add(new Turn("user", talk.Text(), []));
            List<Call> calls = [.. Enumerable.Range(0, talk._random.Next(0, 4)).Select(_ => talk.NewCall())];
            talk._turns.Add(new Turn("assistant", talk.Text(), calls));
        }

        return talk;
    }

    /// <summary>Line by line: tools, then who said, called and answered what.</summary>
    public string Told() => string.Join('\n', [.. _tools.Select(static tool => $"tool {tool}"), .. _turns.SelectMany(Told)]);

    /// <summary>The same telling of a chat completion request.</summary>
    public static string Tell(JsonElement chat)
    {
        var lines = new List<string>();
        if (chat.TryGetProperty("tools", out var tools)) lines.AddRange(tools.EnumerateArray().Select(static tool => $"tool {tool.GetProperty("function").GetProperty("name")}"));
        foreach (var message in chat.GetProperty("messages").EnumerateArray())
        {
            var text = message.TryGetProperty("content", out var content) ? Text(content) : "";
            if (message.GetProperty("role").ValueEquals("tool"))
            {
                lines.Add($"result {message.GetProperty("tool_call_id")} {text}");
                continue;
            }

            lines.Add($"{message.GetProperty("role")} {text}");
            if (message.TryGetProperty("reasoning_content", out var thought)) lines.Add($"thought {thought}");
            if (message.TryGetProperty("thinking_blocks", out var blocks)) lines.AddRange(blocks.EnumerateArray().Select(static block => $"block {block.GetProperty("signature")}"));
            if (!message.TryGetProperty("tool_calls", out var calls)) continue;
            lines.AddRange(calls.EnumerateArray().Select(static call => Told(
                call.GetProperty("id").GetString()!, call.GetProperty("function").GetProperty("name").GetString()!, call.GetProperty("function").GetProperty("arguments").GetString()!)));
        }

        return string.Join('\n', lines);
    }

    public string AsMessages() => $$"""
        {"model":"smart","max_tokens":9,"tools":[{{string.Join(',', _tools.Select(static tool => $$$"""{"name":"{{{tool}}}","input_schema":{}}"""))}}],
         "messages":[{{string.Join(',', _turns.SelectMany(AsMessages))}}]}
        """;

    public string AsResponses() => $$"""
        {"model":"smart","tools":[{{string.Join(',', _tools.Select(static tool => $$"""{"type":"function","name":"{{tool}}"}"""))}}],
         "input":[{{string.Join(',', _turns.SelectMany(AsItems))}}]}
        """;

    /// <summary>A completion with reasoning, text and calls, and what it says.</summary>
    public string Answer(out string told)
    {
        var (text, call, other) = (Text(), NewCall(), NewCall());
        told = string.Join('\n', $"assistant {text}", "thought Hm.", "block c2ln", Told(call.Id, call.Tool, call.Arguments), Told(other.Id, other.Tool, other.Arguments));
        return $$$"""
            {"id":"c","model":"m","choices":[{"index":0,"finish_reason":"tool_calls","message":{"role":"assistant","content":{{{Quote(text)}}},"reasoning_content":"Hm.",
             "thinking_blocks":[{"type":"thinking","thinking":"Hm.","signature":"c2ln"}],"tool_calls":[{{{AsChat(call)}}},{{{AsChat(other)}}}]}}]}
            """;
    }

    private IEnumerable<string> Told(Turn turn) =>
    [
        $"{turn.Role} {turn.Text}",
        .. turn.Calls.Select(static call => Told(call.Id, call.Tool, call.Arguments)),
        .. turn.Calls.Select(static call => $"result {call.Id} {call.Result}"),
    ];

    private static string Told(string id, string tool, string arguments) => $"call {id} {tool} {JsonSerializer.Serialize(JsonSerializer.Deserialize<JsonElement>(arguments))}";

    private static IEnumerable<string> AsMessages(Turn turn)
    {
        yield return turn.Role is "user"
            ? $$"""{"role":"user","content":{{Quote(turn.Text)}}}"""
            : $$"""{"role":"assistant","content":[{{string.Join(',', [$$"""{"type":"text","text":{{Quote(turn.Text)}}}""", .. turn.Calls.Select(static call => $$"""{"type":"tool_use","id":"{{call.Id}}","name":"{{call.Tool}}","input":{{call.Arguments}}}""")])}}]}""";
        if (turn.Calls.Count == 0) yield break;
        yield return $$"""{"role":"user","content":[{{string.Join(',', turn.Calls.Select(static call => $$"""{"type":"tool_result","tool_use_id":"{{call.Id}}","content":{{Quote(call.Result)}}}"""))}}]}""";
    }

    private static IEnumerable<string> AsItems(Turn turn) =>
    [
        $$"""{"role":"{{turn.Role}}","content":{{Quote(turn.Text)}}}""",
        .. turn.Calls.Select(static call => $$"""{"type":"function_call","call_id":"{{call.Id}}","name":"{{call.Tool}}","arguments":{{Quote(call.Arguments)}}}"""),
        .. turn.Calls.Select(static call => $$"""{"type":"function_call_output","call_id":"{{call.Id}}","output":{{Quote(call.Result)}}}"""),
    ];

    private static string AsChat(Call call) => $$$"""{"id":"{{{call.Id}}}","type":"function","function":{"name":"{{{call.Tool}}}","arguments":{{{Quote(call.Arguments)}}}}}""";

    private static string Text(JsonElement content) =>
        content.ValueKind is JsonValueKind.String ? content.GetString()! : string.Concat(content.EnumerateArray().Select(static part => part.GetProperty("text").GetString()));

    private static string Quote(string text) => JsonSerializer.Serialize(text);

    private string Text() => string.Join(' ', Enumerable.Range(0, _random.Next(1, 4)).Select(_ => Words[_random.Next(Words.Length)]));

    private Call NewCall() => new($"call_{_ids++}", _tools[_random.Next(_tools.Count)], $$"""{"n":{{_random.Next(100)}},"s":{{Quote(Text())}}}""", Text());

    private sealed record Turn(string Role, string Text, List<Call> Calls);

    private sealed record Call(string Id, string Tool, string Arguments, string Result);
}
