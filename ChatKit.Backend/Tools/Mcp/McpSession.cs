using ChatKit.Backend.Configuration;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace ChatKit.Backend.Tools.Mcp;

/// <summary>An open session with a server, and the tools that it has; a server may change them while it runs.</summary>
internal sealed class McpSession : IAsyncDisposable
{
    private const int MaxPages = 20;
    private const int MaxTools = 256;

    private readonly McpServerConfig _server;
    private IReadOnlyList<Tool> _tools = [];
    private volatile bool _changed = true;
    private McpClient _client = null!;

    private McpSession(McpServerConfig server) => _server = server;

    /// <summary>Completes when the server is gone, however it went.</summary>
    public Task Ended => _client.Completion;

    public bool IsOpen => !_client.Completion.IsCompleted;

    public static async Task<McpSession> OpenAsync(McpServerConfig server, IClientTransport transport, ILoggerFactory loggers, CancellationToken cancel)
    {
        var session = new McpSession(server);
        // Neither sampling nor elicitation nor roots: a server gives tools, and gets nothing.
        var options = new McpClientOptions
        {
            ClientInfo = new Implementation { Name = "chatkit", Version = typeof(McpSession).Assembly.GetName().Version?.ToString() ?? "0" },
            Handlers = new McpClientHandlers
            {
                NotificationHandlers =
                [
                    new(NotificationMethods.ToolListChangedNotification, (_, _) =>
                    {
                        session._changed = true;
                        return ValueTask.CompletedTask;
                    }),
                ],
            },
        };
        session._client = await McpClient.CreateAsync(transport, options, loggers, cancel);
        try
        {
            await session.ToolsAsync(cancel);
            return session;
        }
        catch
        {
            await session.DisposeAsync();
            throw;
        }
    }

    /// <summary>The tools that the configuration lets through.</summary>
    public async Task<IReadOnlyList<Tool>> ToolsAsync(CancellationToken cancel)
    {
        if (!_changed)
            return _tools;
        _changed = false;
        var tools = new List<Tool>();
        var page = new ListToolsRequestParams();
        for (var i = 0; i < MaxPages && tools.Count < MaxTools; i++)
        {
            var answer = await _client.ListToolsAsync(page, cancel);
            tools.AddRange(answer.Tools.Where(tool => _server.AllowedTools?.Contains(tool.Name) is not false && !_server.DisallowedTools.Contains(tool.Name)));
            if (answer.NextCursor is null)
                break;
            page.Cursor = answer.NextCursor;
        }

        return _tools = [.. tools.Take(MaxTools)];
    }

    public ValueTask<CallToolResult> CallAsync(CallToolRequestParams call, CancellationToken cancel) => _client.CallToolAsync(call, cancel);

    public ValueTask DisposeAsync() => _client.DisposeAsync();
}
