using System.Text.Json;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace ChatKit.Backend.Tools.Mcp;

/// <summary>A tool of a server, under a name that no other server's tool has.</summary>
internal sealed class McpTool(McpServer server, Tool tool, string name) : ITool
{
    private const int LongestDescription = 4000;

    public string Name => name;

    public string Label => tool.Title ?? tool.Annotations?.Title ?? tool.Name;

    public string? Icon => server.Config.Icon;

    public string Description => tool.Description is { Length: > LongestDescription } text ? text[..LongestDescription] : tool.Description ?? "";

    public JsonElement Parameters => tool.InputSchema;

    public TimeSpan? Timeout => server.Config.Timeout;

    public async Task<ToolResult> CallAsync(ToolCall request, CancellationToken cancel)
    {
        if (await server.SessionAsync(System.Threading.Timeout.InfiniteTimeSpan, cancel) is not { } session)
            return ToolResult.Failure($"The server {server.Config.Name} is not available at the moment.");
        var arguments = request.Arguments.EnumerateObject().ToDictionary(argument => argument.Name, argument => argument.Value);
        try
        {
            var answer = session.CallAsync(new CallToolRequestParams { Name = tool.Name, Arguments = arguments }, cancel).AsTask();
            // A server that dies in the middle would leave its caller waiting.
            if (await Task.WhenAny(answer, session.Ended) != answer)
                throw new IOException("it ended in the middle of a call");
            var result = await answer;
            server.Succeeded();
            return McpResultText.Of(result, request);
        }
        catch (McpException refusal) when (session.IsOpen)
        {
            return ToolResult.Failure(refusal.Message);
        }
        catch (Exception failure) when (!cancel.IsCancellationRequested)
        {
            await server.DropAsync(session, failure.Message);
            return ToolResult.Failure($"The server {server.Config.Name} stopped in the middle of the call.");
        }
    }
}
