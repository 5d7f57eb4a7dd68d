using ChatKit.Backend.Configuration;
using ChatKit.Backend.Turns;

namespace ChatKit.Backend.Tools.Mcp;

/// <summary>The tools of all configured servers (https://modelcontextprotocol.io). The servers are shared by everyone who chats, and stopped with the host.</summary>
internal sealed class McpTools : IToolSource, IHostedService, IDisposable
{
    /// <summary>How long a turn waits for servers that are just starting; one that is dead is not waited for.</summary>
    private static readonly TimeSpan TurnPatience = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan ComposerPatience = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _stopping = new();
    private readonly IReadOnlyList<McpServer> _servers;

    public McpTools(ChatKitConfig config, McpTransports transports, TimeProvider time, ILoggerFactory loggers) =>
        _servers = [.. config.McpServers.Select(server => new McpServer(server, () => transports.Of(server), time, loggers, _stopping.Token))];

    public async Task<IReadOnlyList<ITool>> ForAsync(TurnThread thread, CancellationToken cancel) =>
        [.. (await Task.WhenAll(_servers.Select(server => ToolsAsync(server, TurnPatience, cancel)))).SelectMany(tools => tools ?? [])];

    /// <summary>A group per server. Asking starts those that are not running yet, so that they are there when they are chosen.</summary>
    public async Task<IReadOnlyList<ToolGroup>> GroupsAsync(CancellationToken cancel) => await Task.WhenAll(_servers.Select(async server =>
    {
        var tools = await ToolsAsync(server, ComposerPatience, cancel);
        var of = server.Config;
        return new ToolGroup(of.Name, of.Label ?? of.Name, of.Icon ?? "globe", of.Description ?? "", tools is not null, [.. (tools ?? []).Select(tool => tool.Name)]);
    }));

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync();
        await Task.WhenAll(_servers.Select(server => server.EndAsync()));
    }

    public void Dispose() => _stopping.Dispose();

    /// <summary>Null where the server does not answer.</summary>
    private static async Task<IReadOnlyList<ITool>?> ToolsAsync(McpServer server, TimeSpan patience, CancellationToken cancel)
    {
        if (await server.SessionAsync(patience, cancel) is not { } session)
            return null;
        try
        {
            var tools = await session.ToolsAsync(cancel);
            return [.. tools.Select(tool => new McpTool(server, tool, McpToolNames.Of(server.Config.Name, tool.Name)))];
        }
        catch (Exception failure) when (!cancel.IsCancellationRequested)
        {
            await server.DropAsync(session, failure.Message);
            return null;
        }
    }
}
