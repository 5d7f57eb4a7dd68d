using System.Collections.Frozen;
using ChatKit.Gateway.Model;

namespace ChatKit.Gateway.Config;

/// <summary>Binds <c>litellm_settings.cache</c> and <c>cache_params</c> (https://docs.litellm.ai/docs/proxy/caching).</summary>
internal sealed class CacheBinder(ConfigSection liteLlm, EnvironmentValues environment, RedisSettings? shared)
{
    public static IReadOnlyList<string> Keys { get; } = ["cache", "cache_params"];

    private static readonly string[] Types = ["local", "local-semantic", "redis", "redis-semantic"];

    private static readonly string[] ParamKeys =
        ["type", "mode", "host", "port", "password", "url", "db", "namespace", "ttl", "default_in_memory_ttl", "default_in_redis_ttl", "supported_call_types", "max_connections",
         "similarity_threshold", "redis_semantic_cache_embedding_model", "semantic_cache_embedding_model", "semantic_cache_embedding_timeout",
         "share_between_keys", "max_memory_mb", "max_entries", "max_entry_kb"];

    /// <summary>LiteLLM's names of what its keys may be kept for, and ours; its <c>a…</c> are the same asked for by other means.</summary>
    private static readonly FrozenDictionary<string, string> CallTypes = new Dictionary<string, string>
    {
        ["completion"] = Operation.Chat.Name,
        ["text_completion"] = Operation.Completions.Name,
        ["embedding"] = Operation.Embeddings.Name,
        ["transcription"] = Operation.Transcriptions.Name,
        ["rerank"] = Operation.Rerank.Name,
        ["responses"] = Operation.Responses.Name,
        ["anthropic_messages"] = Operation.Messages.Name,
        ["generate_content"] = Operation.GenerateContent.Name,
    }.ToFrozenDictionary();

    /// <summary>Null where no answers are kept.</summary>
    public CacheSettings? Bind()
    {
        var isOn = liteLlm.Flag("cache");
        if (liteLlm.Section("cache_params") is not { } section)
        {
            return isOn is true ? Of(ConfigSection.Empty(liteLlm.Origin, environment, liteLlm.Report)) : null;
        }

        if (isOn is null) section.Report.Warning(section.Origin, "has no effect without litellm_settings.cache: true");
        var settings = Of(section);
        LeftoverKeys.Warn(section, ParamKeys, []);
        // One that may come from the environment, and does not here: said, and no reason not to start.
        var isWithoutRedis = settings.Redis is null && section.Text("type")?.StartsWith("redis", StringComparison.Ordinal) is true;
        return isOn is true && !isWithoutRedis ? settings : null;
    }

    /// <summary>Once it is known which models there are.</summary>
    public static void Check(ConfigSection liteLlm, GatewaySnapshot snapshot)
    {
        if (snapshot.Settings.Cache?.Semantic is not { EmbeddingModel: { Length: > 0 } model } || snapshot.Resolve(model) is not null) return;
        liteLlm.Report.Problem(liteLlm.At("cache_params"), $"names the embedding model '{model}', which is not in model_list");
    }

    private CacheSettings Of(ConfigSection section)
    {
        var defaults = new CacheSettings();
        var type = OneOf(section, "type", Types) ?? "local";
        var inRedis = type.StartsWith("redis", StringComparison.Ordinal);
        var (memoryTtl, redisTtl, ttl) = (section.Seconds("default_in_memory_ttl"), section.Seconds("default_in_redis_ttl"), section.Seconds("ttl"));
        if (section.WholeNumber("max_connections", minimum: 1) is not null)
            section.Report.Warning(section.At("max_connections"), "has no effect: all calls share one connection, on which none waits for another");
        return defaults with
        {
            Redis = inRedis ? Redis(section) : null,
            Namespace = Namespace(section) ?? defaults.Namespace,
            Lifetime = (inRedis ? redisTtl : memoryTtl) ?? ttl ?? (inRedis ? TimeSpan.FromSeconds(60) : defaults.Lifetime),
            OnByDefault = OneOf(section, "mode", "default_on", "default_off") is not "default_off",
            IsShared = section.Flag("share_between_keys") ?? false,
            Operations = Operations(section) ?? defaults.Operations,
            MemoryBytes = (long)((section.Number("max_memory_mb", minimum: 1) ?? 64) * 1024 * 1024),
            MaxEntries = section.WholeNumber("max_entries", minimum: 1) ?? defaults.MaxEntries,
            MaxEntryBytes = (section.WholeNumber("max_entry_kb", minimum: 1) ?? 1024) * 1024,
            Semantic = Semantic(section, type.EndsWith("-semantic", StringComparison.Ordinal)),
        };
    }

    /// <summary>Its own Redis, else the one that replicas share their state through.</summary>
    private RedisSettings? Redis(ConfigSection section)
    {
        var named = new RedisBinder(section, environment, prefix: "");
        if ((section.Has("host") || section.Has("url") ? named.Bind() : shared ?? named.Bind()) is { } redis) return redis;
        section.Report.Warning(section.At("type"), "needs a Redis: host and port, or url, here; or router_settings.redis_host; or REDIS_HOST or REDIS_URL in the environment; no answers are kept");
        return null;
    }

    private static SemanticSettings? Semantic(ConfigSection section, bool isSemantic)
    {
        var threshold = section.Number("similarity_threshold");
        var model = section.Text("semantic_cache_embedding_model") ?? section.Text("redis_semantic_cache_embedding_model");
        var patience = section.Seconds("semantic_cache_embedding_timeout") ?? TimeSpan.FromSeconds(5);
        if (!isSemantic)
        {
            if (threshold is not null) section.Report.Warning(section.At("similarity_threshold"), "has no effect unless type is local-semantic or redis-semantic");
            return null;
        }

        if (threshold is not (> 0 and <= 1))
            section.Report.Problem(section.At("similarity_threshold"), "must be a number above 0 and up to 1: how alike two questions have to be, e.g. 0.9");
        if (model is null)
            section.Report.Problem(section.At("redis_semantic_cache_embedding_model"), "must name the model group that turns questions into vectors");
        return new SemanticSettings(threshold ?? 1, model ?? "", patience);
    }

    private static string? Namespace(ConfigSection section)
    {
        var name = section.Text("namespace");
        if (name is null || CacheNames.IsNamespace(name)) return name;
        section.Report.Problem(section.At("namespace"), "must be 1 to 64 letters, digits or any of - _ . : /");
        return null;
    }

    private static FrozenSet<string>? Operations(ConfigSection section)
    {
        if (!section.Has("supported_call_types")) return null;
        var operations = new HashSet<string>();
        foreach (var name in section.Texts("supported_call_types"))
        {
            var plain = name.StartsWith('a') && CallTypes.ContainsKey(name[1..]) ? name[1..] : name;
            if (CallTypes.TryGetValue(plain, out var operation)) operations.Add(operation);
            else section.Report.Problem(section.At("supported_call_types"), $"'{name}' is none of {string.Join(", ", CallTypes.Keys.Order())}");
        }

        return operations.ToFrozenSet();
    }

    private static string? OneOf(ConfigSection section, string key, params ReadOnlySpan<string> accepted)
    {
        if (section.Text(key) is not { } text) return null;
        if (accepted.Contains(text)) return text;
        section.Report.Problem(section.At(key), $"'{text}' cannot be used here; it must be {string.Join(", ", accepted)}");
        return null;
    }
}
