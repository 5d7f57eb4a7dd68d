using ChatKit.Gateway.Model;
using ChatKit.Gateway.Tests.Config;
using Xunit;

namespace ChatKit.Gateway.Tests.Cache;

/// <summary>What <c>litellm_settings.cache</c> and <c>cache_params</c> mean.</summary>
public sealed class CacheConfigTests
{
    [Fact]
    public void Nothing_is_kept_unless_asked_for()
    {
        Assert.Null(Bind("").Settings.Cache);
        Assert.Null(Bind("cache: false\n  cache_params: {type: local}").Settings.Cache);
        Assert.NotNull(Bind("cache: true").Settings.Cache);
    }

    [Fact]
    public void Every_key_arrives()
    {
        var cache = Bind("""
            cache: true
              cache_params:
                type: redis
                host: cache.internal
                port: 6380
                password: secret
                namespace: mine
                ttl: 90
                mode: default_off
                share_between_keys: true
                supported_call_types: [acompletion, embedding, responses]
                max_memory_mb: 2
                max_entries: 7
                max_entry_kb: 3
            """).Settings.Cache!;

        Assert.Equal("cache.internal:6380", cache.Redis!.ToString());
        Assert.Equal("secret", cache.Redis.Password!.Reveal());
        Assert.Equal(("mine", TimeSpan.FromSeconds(90), false, true), (cache.Namespace, cache.Lifetime, cache.OnByDefault, cache.IsShared));
        Assert.Equal(["chat", "embeddings", "responses"], cache.Operations.Order());
        Assert.Equal((2L * 1024 * 1024, 7, 3 * 1024), (cache.MemoryBytes, cache.MaxEntries, cache.MaxEntryBytes));
    }

    [Theory]
    [InlineData("{type: local}", 600)]
    [InlineData("{type: local, default_in_memory_ttl: 5, ttl: 7}", 5)]
    [InlineData("{type: redis, host: h}", 60)]
    [InlineData("{type: redis, host: h, default_in_redis_ttl: 5}", 5)]
    [InlineData("{type: redis, url: 'redis://h', ttl: 7, default_in_memory_ttl: 5}", 7)]
    public void An_answer_lives_as_long_as_in_LiteLLM(string parameters, int seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), Bind($"cache: true\n  cache_params: {parameters}").Settings.Cache!.Lifetime);

    [Theory]
    [InlineData("{type: s3}", "type: 's3' cannot be used here; it must be local, local-semantic, redis, redis-semantic")]
    [InlineData("{mode: sometimes}", "mode: 'sometimes' cannot be used here; it must be default_on, default_off")]
    [InlineData("{namespace: 'a b'}", "namespace: must be 1 to 64 letters")]
    [InlineData("{supported_call_types: [completion, images]}", "supported_call_types: 'images' is none of")]
    [InlineData("{type: local-semantic, redis_semantic_cache_embedding_model: m}", "similarity_threshold: must be a number above 0 and up to 1")]
    [InlineData("{type: local-semantic, similarity_threshold: 1.5, redis_semantic_cache_embedding_model: m}", "similarity_threshold: must be a number above 0 and up to 1")]
    [InlineData("{type: local-semantic, similarity_threshold: 0.9}", "redis_semantic_cache_embedding_model: must name the model group")]
    [InlineData("{type: local-semantic, similarity_threshold: 0.9, semantic_cache_embedding_model: nobody}", "names the embedding model 'nobody', which is not in model_list")]
    public void What_cannot_be_used_stops_the_start(string parameters, string problem)
    {
        using var folder = Folder($"cache: true\n  cache_params: {parameters}");

        Assert.Contains(problem, Assert.Single(folder.Problems()), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("cache: true\n  cache_params: {max_connections: 10}", "max_connections: has no effect")]
    [InlineData("cache: true\n  cache_params: {similarity_threshold: 0.8}", "similarity_threshold: has no effect unless type is")]
    [InlineData("cache: true\n  cache_params: {type: redis}", "type: needs a Redis")]
    [InlineData("cache_params: {type: local}", "cache_params: has no effect without litellm_settings.cache: true")]
    [InlineData("cache: true\n  cache_params: {tpye: local}", "did you mean type?")]
    public void What_has_no_effect_is_said(string settings, string warning)
    {
        using var folder = Folder(settings);

        Assert.Contains(folder.Warnings(), line => line.Contains(warning, StringComparison.Ordinal));
    }

    [Fact]
    public void The_Redis_that_replicas_share_serves_where_none_is_named()
    {
        using var folder = new ConfigFolder().With("config.yaml", "model_list: []\nrouter_settings: {redis_host: shared}\nlitellm_settings:\n  cache: true\n  cache_params: {type: redis}\n").Set("REDIS_HOST", "other");

        Assert.Equal("shared", folder.Snapshot().Settings.Cache!.Redis!.Host);
    }

    private static GatewaySnapshot Bind(string settings)
    {
        using var folder = Folder(settings);
        return folder.Snapshot();
    }

    private static ConfigFolder Folder(string settings) =>
        new ConfigFolder().With("config.yaml", $"model_list:\n- model_name: m\n  litellm_params: {{model: openai/m, api_key: k}}\nlitellm_settings:\n  {(settings.Length == 0 ? "drop_params: false" : settings)}\n");
}
