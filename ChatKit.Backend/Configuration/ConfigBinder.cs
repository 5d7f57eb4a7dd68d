using System.Text.RegularExpressions;

namespace ChatKit.Backend.Configuration;

/// <summary>The only reader of <c>chatkit.yaml</c>'s keys; <c>docs/tools.md</c> lists them.</summary>
internal static partial class ConfigBinder
{
    public static ChatKitConfig Bind(ConfigSection root)
    {
        var config = new ChatKitConfig
        {
            Assistant = root.Section("assistant") is { } assistant ? Assistant(assistant) : new(),
            Tools = root.Section("tools") is { } tools ? Tools(tools) : new(),
            FileSearch = root.Section("file_search") is { } search ? FileSearch(search) : new(),
            McpServers = root.Section("mcp_servers") is { } servers ? Servers(servers) : [],
        };
        root.End();
        return config;
    }

    public static IReadOnlyList<McpServerConfig> Servers(ConfigSection servers)
    {
        var found = new List<McpServerConfig>();
        foreach (var name in servers.Keys())
        {
            if (!ServerName().IsMatch(name))
                servers.Problem(name, "must have from 1 to 24 letters, digits, - and single _: it begins the names of its tools");
            else if (servers.Section(name) is { } server && Server(name, server, servers) is { } config)
                found.Add(config);
        }

        return found;
    }

    private static AssistantConfig Assistant(ConfigSection section)
    {
        var defaults = new AssistantConfig();
        var assistant = new AssistantConfig
        {
            SystemPrompt = section.Text("system_prompt"),
            Model = section.Text("model"),
            SummaryModel = section.Text("summary_model"),
            ReasoningEffort = section.Choice("reasoning_effort", "none", "minimal", "low", "medium", "high", "xhigh"),
            MaxRounds = section.Number("max_rounds", 1, 100) ?? defaults.MaxRounds,
            ContextWindow = section.Number("context_window", 1000, 100_000_000),
        };
        section.End();
        return assistant;
    }

    private static ToolsConfig Tools(ConfigSection section)
    {
        var defaults = new ToolsConfig();
        var tools = new ToolsConfig
        {
            Calculator = section.Flag("calculator", otherwise: true),
            Time = section.Flag("time", otherwise: true),
            Timeout = section.Seconds("timeout") ?? defaults.Timeout,
            MaxOutput = section.Number("max_output", 100, 1_000_000) ?? defaults.MaxOutput,
        };
        section.End();
        return tools;
    }

    private static FileSearchConfig FileSearch(ConfigSection section)
    {
        var defaults = new FileSearchConfig();
        var search = new FileSearchConfig
        {
            Enabled = section.Flag("enabled", otherwise: true),
            EmbeddingModel = section.Text("embedding_model"),
            ChunkSize = section.Number("chunk_size", 200, 8000) ?? defaults.ChunkSize,
            ChunkOverlap = section.Number("chunk_overlap", 0, 4000) ?? defaults.ChunkOverlap,
            MaxResults = section.Number("max_results", 1, 50) ?? defaults.MaxResults,
        };
        if (search.ChunkOverlap > search.ChunkSize / 2)
            section.Problem("chunk_overlap", "must be at most half of chunk_size");
        section.End();
        return search;
    }

    private static McpServerConfig? Server(string name, ConfigSection section, ConfigSection servers)
    {
        var transport = section.Choice("transport", "stdio", "http", "sse");
        var server = new McpServerConfig(name)
        {
            Command = section.Text("command"),
            Arguments = section.List("args") ?? [],
            Environment = section.Map("env"),
            WorkingDirectory = section.Text("cwd"),
            Url = Address(section),
            Sse = transport is "sse",
            Headers = Headers(section),
            Label = section.Text("label"),
            Icon = section.Text("icon"),
            Description = section.Text("description"),
            AllowedTools = section.List("allowed_tools")?.ToHashSet(StringComparer.Ordinal),
            DisallowedTools = (section.List("disallowed_tools") ?? []).ToHashSet(StringComparer.Ordinal),
            Timeout = section.Seconds("timeout"),
        };
        section.End();
        if (server.Command is null == (server.Url is null))
        {
            servers.Problem(name, "must have either a command or a url");
            return null;
        }

        if (transport is not null && (transport is "stdio") != (server.Command is not null))
            section.Problem("transport", "must be stdio with a command, and http or sse with a url");
        return server;
    }

    private static Uri? Address(ConfigSection section)
    {
        if (section.Text("url") is not { } text)
            return null;
        if (Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https")
            return url;
        section.Problem("url", "must be an address that begins with http:// or https://");
        return null;
    }

    /// <summary>LiteLLM's <c>authentication_token</c> is the header that it stands for.</summary>
    private static Dictionary<string, string> Headers(ConfigSection section)
    {
        var headers = new Dictionary<string, string>(section.Map("headers"), StringComparer.OrdinalIgnoreCase);
        if (section.Text("authentication_token") is { } token)
            headers["Authorization"] = $"Bearer {token}";
        return headers;
    }

    [GeneratedRegex("^(?!.*__)[A-Za-z0-9_-]{1,24}$")]
    private static partial Regex ServerName();
}
