using System.Text;
using System.Text.Json;

namespace ChatKit.Gateway.Tests.Providers.Conformance;

/// <summary>A streamed answer as a client puts it together.</summary>
internal sealed class StreamedAnswer
{
    private readonly StringBuilder _text = new();
    private readonly SortedDictionary<int, (string? Id, string? Name, StringBuilder Arguments)> _calls = [];

    private StreamedAnswer(string body)
    {
        foreach (var line in body.Split('\n').Where(line => line.StartsWith("data: ", StringComparison.Ordinal)).Select(line => line["data: ".Length..]))
        {
            if (line == "[DONE]") IsDone = true;
            else Read(JsonSerializer.Deserialize<JsonElement>(line));
        }
    }

    public string Text => _text.ToString();

    public string? Role { get; private set; }

    public string? FinishReason { get; private set; }

    public JsonElement? Usage { get; private set; }

    public JsonElement? Error { get; private set; }

    public bool IsDone { get; private set; }

    public HashSet<string> Models { get; } = [];

    public IReadOnlyList<string> Calls => [.. _calls.Values.Select(call => $"{call.Id} {call.Name}({call.Arguments})")];

    public static StreamedAnswer Read(string body) => new(body);

    private void Read(JsonElement chunk)
    {
        if (chunk.TryGetProperty("error", out var error)) Error = error;
        if (chunk.TryGetProperty("model", out var model)) Models.Add(model.GetString()!);
        if (chunk.TryGetProperty("usage", out var usage) && usage.ValueKind is JsonValueKind.Object) Usage = usage;
        if (!chunk.TryGetProperty("choices", out var choices) || choices.GetArrayLength() == 0) return;
        if (choices[0].TryGetProperty("finish_reason", out var finish)) FinishReason ??= finish.GetString();
        var delta = choices[0].GetProperty("delta");
        if (delta.TryGetProperty("role", out var role)) Role ??= role.GetString();
        if (delta.TryGetProperty("content", out var content)) _text.Append(content.GetString());
        if (!delta.TryGetProperty("tool_calls", out var calls)) return;
        foreach (var call in calls.EnumerateArray())
        {
            var index = call.GetProperty("index").GetInt32();
            var function = call.GetProperty("function");
            if (call.TryGetProperty("id", out var id)) _calls[index] = (id.GetString(), function.GetProperty("name").GetString(), new StringBuilder());
            _calls[index].Arguments.Append(function.GetProperty("arguments").GetString());
        }
    }
}
