using System.Collections.Frozen;
using ChatKit.Gateway.Model.Callbacks;
using ChatKit.Gateway.Model.Guardrails;

namespace ChatKit.Gateway.Model;

/// <summary>Settings of the gateway as a whole, resolved over file, environment and defaults.</summary>
internal sealed record GatewaySettings
{
    /// <summary>Null: no key is asked for, and only loopback is served.</summary>
    public Secret? MasterKey { get; init; }

    /// <summary>The largest request body that is read, in bytes; a larger one answers 413. LiteLLM's <c>max_request_size_mb</c>.</summary>
    public long MaxRequestBytes { get; init; } = 32 * 1024 * 1024;

    /// <summary>The largest plain answer that is read from a provider, in bytes; LiteLLM's <c>max_response_size_mb</c>.</summary>
    public long MaxResponseBytes { get; init; } = 64 * 1024 * 1024;

    /// <summary><c>num_retries</c> for a group's deployments.</summary>
    public int Retries { get; init; } = 2;

    /// <summary>Where slow beginnings are hedged; null for nowhere.</summary>
    public HedgingRules? Hedging { get; init; }

    /// <summary><c>router_settings.continuation</c>: the groups whose streams go on elsewhere when they break off. Null for none.</summary>
    public FrozenSet<string>? Continued { get; init; }

    /// <summary>How long a stream may be silent before the client gets a comment; null for as long as it is (<c>sse_keepalive_ping_interval_seconds</c>).</summary>
    public TimeSpan? KeepAlive { get; init; }

    /// <summary>How calls find a deployment.</summary>
    public RoutingSettings Routing { get; init; } = RoutingSettings.Default;

    /// <summary>Where replicas share what they learn; null where this one is alone.</summary>
    public RedisSettings? Redis { get; init; }

    /// <summary>Who is told what calls came to.</summary>
    public CallbackSettings Callbacks { get; init; } = CallbackSettings.None;

    /// <summary>How keys are checked and given out.</summary>
    public KeySettings Keys { get; init; } = KeySettings.Default;

    /// <summary>What new teams and users get.</summary>
    public DirectorySettings Directory { get; init; } = new();

    /// <summary>Where answers are kept to be given again; null where none are (<c>litellm_settings.cache</c>).</summary>
    public CacheSettings? Cache { get; init; }

    /// <summary>What is kept of spend.</summary>
    public SpendSettings Spend { get; init; } = SpendSettings.Default;

    /// <summary>What may be spent, and how fast, by whoever it is.</summary>
    public BudgetSettings Budgets { get; init; } = BudgetSettings.Default;

    /// <summary><c>store_model_in_db</c>: models are added, changed and removed while the gateway runs.</summary>
    public bool StoresModels { get; init; }

    /// <summary><c>LITELLM_SALT_KEY</c>; null where it is not set, and the master key stands in for it.</summary>
    public Secret? SealingKey { get; init; }

    /// <summary>What is looked for in requests and answers.</summary>
    public IReadOnlyList<GuardrailSettings> Guardrails { get; init; } = [];

    public HealthSettings Health { get; init; } = HealthSettings.Default;

    /// <summary>A header that carries the caller's key besides the standard ones (<c>litellm_key_header_name</c>).</summary>
    public string? KeyHeaderName { get; init; }
}
