using ChatKit.Backend.Configuration;
using ModelContextProtocol.Client;

namespace ChatKit.Backend.Tools.Mcp;

/// <summary>How a server is reached: a program with an environment of its own, in which none of our keys stand; or an address, which is asked as it is written and led nowhere else.</summary>
internal sealed partial class McpTransports(ILoggerFactory loggers) : IDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        ConnectTimeout = TimeSpan.FromSeconds(10),
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
    })
    {
        Timeout = Timeout.InfiniteTimeSpan,
    };

    public IClientTransport Of(McpServerConfig server) => server.Command is null ? Http(server) : Stdio(server);

    public void Dispose() => _http.Dispose();

    private HttpClientTransport Http(McpServerConfig server) => new(
        new HttpClientTransportOptions
        {
            Name = server.Name,
            Endpoint = server.Url!,
            TransportMode = server.Sse ? HttpTransportMode.Sse : HttpTransportMode.StreamableHttp,
            AdditionalHeaders = server.Headers.ToDictionary(),
        },
        _http,
        loggers);

    private StdioClientTransport Stdio(McpServerConfig server)
    {
        var environment = StdioClientTransportOptions.GetDefaultEnvironmentVariables().ToDictionary(pair => pair.Key, pair => (string?)pair.Value);
        foreach (var (name, value) in server.Environment)
            environment[name] = value;
        var logger = loggers.CreateLogger<McpTransports>();
        return new StdioClientTransport(
            new StdioClientTransportOptions
            {
                Name = server.Name,
                Command = server.Command!,
                Arguments = [.. server.Arguments],
                WorkingDirectory = server.WorkingDirectory,
                InheritEnvironmentVariables = false,
                EnvironmentVariables = environment,
                ShutdownTimeout = TimeSpan.FromSeconds(2),
                StandardErrorLines = line => Log.Said(logger, server.Name, line.Length > 500 ? line[..500] : line),
            },
            loggers);
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Debug, "The tool server {Server} says: {Line}")]
        public static partial void Said(ILogger logger, string server, string line);
    }
}
