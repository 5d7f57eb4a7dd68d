using System.Text.Json;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace ChatKit.ToolServer;

/// <summary>Tools that do what a test wants to see: answer, fail, hang, point somewhere, and die.</summary>
public static class TestTools
{
    private static readonly string[] Names = ["echo", "variable", "fail", "refuse", "hang", "link", "die", "with space"];

    /// <summary>A server with all of them.</summary>
    public static McpServerOptions Options() => new()
    {
        ServerInfo = new Implementation { Name = "chatkit-test", Version = "1" },
        Capabilities = new ServerCapabilities { Tools = new ToolsCapability() },
        Handlers = new McpServerHandlers { ListToolsHandler = ListAsync, CallToolHandler = CallAsync },
    };

    /// <summary>Two pages.</summary>
    private static ValueTask<ListToolsResult> ListAsync(RequestContext<ListToolsRequestParams> request, CancellationToken cancel)
    {
        var second = request.Params?.Cursor is "2";
        return ValueTask.FromResult(new ListToolsResult
        {
            Tools = [.. (second ? Names[4..] : Names[..4]).Select(name => new Tool { Name = name, Title = $"The {name}", Description = $"Does {name}.", InputSchema = Schema })],
            NextCursor = second ? null : "2",
        });
    }

    private static JsonElement Schema { get; } = JsonDocument.Parse("""{"type":"object","properties":{"text":{"type":"string"}}}""").RootElement;

    private static async ValueTask<CallToolResult> CallAsync(RequestContext<CallToolRequestParams> request, CancellationToken cancel)
    {
        var text = request.Params?.Arguments?.TryGetValue("text", out var given) is true ? given.GetString() ?? "" : "";
        switch (request.Params?.Name)
        {
            case "variable":
                return Said(Environment.GetEnvironmentVariable(text) ?? "(not set)");
            case "fail":
                return new CallToolResult { Content = [new TextContentBlock { Text = "No luck." }], IsError = true };
            case "refuse":
                throw new McpProtocolException("Not like that.", McpErrorCode.InvalidParams);
            case "hang":
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancel);
                return Said("");
            case "link":
                return new CallToolResult
                {
                    Content = [new ResourceLinkBlock { Name = "Doc", Uri = "https://doc.example" }, new ResourceLinkBlock { Name = "Secret", Uri = "file:///etc/passwd" }, ImageContentBlock.FromBytes(new byte[3], "image/png")],
                };
            case "die":
                Environment.Exit(3);
                return Said("");
            default:
                return Said($"<b>{text}</b>");
        }
    }

    private static CallToolResult Said(string text) => new() { Content = [new TextContentBlock { Text = text }] };
}
