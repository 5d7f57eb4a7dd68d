namespace ChatKit.Backend.Configuration;

/// <summary>What <c>chatkit.yaml</c> decides; these are the values where it says nothing.</summary>
internal sealed record ChatKitConfig
{
    public static readonly ChatKitConfig Default = new();

    public AssistantConfig Assistant { get; init; } = new();

    public ToolsConfig Tools { get; init; } = new();

    public FileSearchConfig FileSearch { get; init; } = new();

    public IReadOnlyList<McpServerConfig> McpServers { get; init; } = [];
}

/// <summary><c>assistant:</c> how the default assistant answers.</summary>
internal sealed record AssistantConfig
{
    /// <summary>Null: <c>CHATKIT_SYSTEM_PROMPT</c>, else a short one of our own.</summary>
    public string? SystemPrompt { get; init; }

    /// <summary>Null: <c>CHATKIT_MODEL</c> decides, and so on.</summary>
    public string? Model { get; init; }

    /// <summary>Makes the summary of what no longer fits; null: the model that answers.</summary>
    public string? SummaryModel { get; init; }

    /// <summary>Sent as <c>reasoning_effort</c>; null: not sent.</summary>
    public string? ReasoningEffort { get; init; }

    /// <summary>How often a turn may call tools before it must answer.</summary>
    public int MaxRounds { get; init; } = 10;

    /// <summary>The window of models of which the gateway says nothing; null: no bound.</summary>
    public int? ContextWindow { get; init; }
}

/// <summary><c>tools:</c> what is built in, and how long a tool may take.</summary>
internal sealed record ToolsConfig
{
    public bool Calculator { get; init; } = true;

    public bool Time { get; init; } = true;

    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Characters of one output that a model reads.</summary>
    public int MaxOutput { get; init; } = 30_000;
}

/// <summary><c>file_search:</c> how attachments are searched.</summary>
internal sealed record FileSearchConfig
{
    public bool Enabled { get; init; } = true;

    /// <summary>Null: <c>EMBEDDING_MODEL</c>, else the first that the gateway says embeds.</summary>
    public string? EmbeddingModel { get; init; }

    /// <summary>Characters of a passage.</summary>
    public int ChunkSize { get; init; } = 1600;

    /// <summary>Characters that a passage has of the one before.</summary>
    public int ChunkOverlap { get; init; } = 200;

    public int MaxResults { get; init; } = 8;
}

/// <summary>One of <c>mcp_servers:</c>, a program that is started or an address that is called.</summary>
internal sealed record McpServerConfig(string Name)
{
    /// <summary>The program; null where the server is called over HTTP.</summary>
    public string? Command { get; init; }

    public IReadOnlyList<string> Arguments { get; init; } = [];

    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    public string? WorkingDirectory { get; init; }

    public Uri? Url { get; init; }

    /// <summary>Whether it speaks the older transport of two endpoints.</summary>
    public bool Sse { get; init; }

    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    public string? Label { get; init; }

    public string? Icon { get; init; }

    public string? Description { get; init; }

    /// <summary>Null: all that it has.</summary>
    public IReadOnlySet<string>? AllowedTools { get; init; }

    public IReadOnlySet<string> DisallowedTools { get; init; } = new HashSet<string>();

    /// <summary>Null: as for all tools.</summary>
    public TimeSpan? Timeout { get; init; }
}
