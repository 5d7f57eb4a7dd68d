using System.Net;

namespace ChatKit.Gateway.Model;

/// <summary>How keys are checked and given out.</summary>
internal sealed record KeySettings
{
    public static KeySettings Default { get; } = new();

    /// <summary>How long what is known of a key counts: <c>user_api_key_cache_ttl</c>; null: as long as makes sense, with other replicas' news or without.</summary>
    public TimeSpan? CacheTtl { get; init; }

    /// <summary>The most keys that are held in memory, and the most customers; taken at start: <c>user_api_key_cache_size</c>.</summary>
    public int CacheSize { get; init; } = 100_000;

    /// <summary>Whoever brings something that looks like a key is let in while the database cannot be asked: <c>allow_requests_on_db_unavailable</c>.</summary>
    public bool AdmitsUnknownWhileDown { get; init; }

    /// <summary>Who may call at all; null for everybody: <c>allowed_ips</c>.</summary>
    public IReadOnlyList<IPNetwork>? AllowedAddresses { get; init; }

    /// <summary>The routes that anybody may use without a key: <c>public_routes</c>.</summary>
    public RouteList? PublicRoutes { get; init; }

    /// <summary>The routes that there are besides; null for all: <c>general_settings.allowed_routes</c>.</summary>
    public RouteList? AllowedRoutes { get; init; }

    /// <summary>The routes that only an administrator may use: <c>admin_only_routes</c>.</summary>
    public RouteList? AdminRoutes { get; init; }

    /// <summary>The budget of customers who have none of their own: <c>max_end_user_budget_id</c>.</summary>
    public string? CustomerBudgetId { get; init; }

    /// <summary>Each call of a model must say for whom it is: <c>enforce_user_param</c>.</summary>
    public bool RequiresUser { get; init; }

    /// <summary>Who may make which keys.</summary>
    public KeyGenerationSettings Generation { get; init; } = KeyGenerationSettings.None;

    /// <summary>What a new key gets that its request leaves open: <c>default_key_generate_params</c>.</summary>
    public KeyParameters Defaults { get; init; } = KeyParameters.None;

    /// <summary>What no new key may exceed, and gets where its request leaves it open: <c>upperbound_key_generate_params</c>.</summary>
    public KeyParameters UpperBounds { get; init; } = KeyParameters.None;
}
