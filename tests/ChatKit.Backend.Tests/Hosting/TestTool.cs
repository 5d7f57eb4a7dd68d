using System.Text.Json;
using ChatKit.Backend.Tools;

namespace ChatKit.Backend.Tests.Hosting;

/// <summary>A tool written as a lambda.</summary>
internal sealed class TestTool(string name, Func<ToolCall, CancellationToken, Task<ToolResult>> call) : ITool
{
    public string Name => name;

    public string Label => name;

    public string Description => $"Does {name}.";

    public JsonElement Parameters { get; } = JsonDocument.Parse("""{"type":"object","properties":{"n":{"type":"integer"}}}""").RootElement;

    public TimeSpan? Timeout { get; init; }

    public Task<ToolResult> CallAsync(ToolCall request, CancellationToken cancel) => call(request, cancel);
}
