using ChatKit.Gateway.Model;
using Xunit;

namespace ChatKit.Gateway.Tests.Config;

public sealed class RedisTests
{
    [Fact]
    public void Without_a_word_there_is_none() => Assert.Null(ConfigFolder.Bind("model_list: []").Settings.Redis);

    [Theory]
    [InlineData("redis_host: cache", "cache:6379", null, 0, false)]
    [InlineData("redis_host: cache, redis_port: 7000, redis_password: p, redis_db: 2", "cache:7000", "p", 2, false)]
    [InlineData("redis_url: 'redis://cache'", "cache:6379", null, 0, false)]
    [InlineData("redis_url: 'rediss://:p%40ss@cache:7000/3'", "cache:7000", "p@ss", 3, true)]
    [InlineData("redis_url: 'redis://default:p@cache', redis_host: other", "cache:6379", "p", 0, false)]
    public void The_file_says_where(string router, string address, string? password, int database, bool tls)
    {
        var redis = ConfigFolder.Bind($"model_list: []\nrouter_settings: {{ {router} }}").Settings.Redis!;

        Assert.Equal((address, password, database, tls), (redis.ToString(), redis.Password?.Reveal(), redis.Database, redis.UsesTls));
    }

    [Fact]
    public void What_the_file_leaves_out_comes_from_the_environment()
    {
        using var folder = new ConfigFolder().Set("REDIS_HOST", "of-env").Set("REDIS_PORT", "7001").Set("REDIS_PASSWORD", "p").With("config.yaml", "model_list: []\nrouter_settings: { redis_port: 7002 }");
        var redis = folder.Snapshot().Settings.Redis!;

        Assert.Equal(("of-env:7002", "p"), (redis.ToString(), redis.Password?.Reveal()));
    }

    [Fact]
    public void An_address_in_the_environment_is_enough()
    {
        using var folder = new ConfigFolder().Set("REDIS_URL", "redis://of-env:7003/1").With("config.yaml", "model_list: []");

        Assert.Equal(new RedisSettings("of-env", 7003, null) { Database = 1 }, folder.Snapshot().Settings.Redis);
    }

    [Theory]
    [InlineData("cache:7004,password=p=1,ssl=true", "cache:7004", "p=1", true)]
    [InlineData("cache", "cache:6379", null, false)]
    public void An_orchestrator_gives_a_connection_string(string injected, string address, string? password, bool tls)
    {
        using var folder = new ConfigFolder().Set("ConnectionStrings:redis", injected).With("config.yaml", "model_list: []");
        var redis = folder.Snapshot().Settings.Redis!;

        Assert.Equal((address, password, tls), (redis.ToString(), redis.Password?.Reveal(), redis.UsesTls));
    }

    [Fact]
    public void A_connection_string_without_a_host_is_told()
    {
        using var folder = new ConfigFolder().Set("ConnectionStrings:redis", "password=p").With("config.yaml", "model_list: []");

        Assert.Contains("must be host:port, and after commas password=… or ssl=true", Assert.Single(folder.Problems()), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("redis_url: 'http://cache'", "config.yaml:2 router_settings.redis_url: must be redis://:password@host:port/database, or rediss:// for TLS")]
    [InlineData("redis_url: 'redis://cache/x'", "config.yaml:2 router_settings.redis_url: must be redis://:password@host:port/database, or rediss:// for TLS")]
    [InlineData("redis_url: 'redis://me:p@cache'", "config.yaml:2 router_settings.redis_url: names the account me; only the default account, with a password or without, can be used")]
    [InlineData("redis_host: cache, redis_port: 70000", "config.yaml:2 router_settings.redis_port: must be a port number, 1 to 65535")]
    public void What_cannot_be_is_told(string router, string problem) => Assert.Equal([problem], ConfigFolder.ProblemsOf($"model_list: []\nrouter_settings: {{ {router} }}"));
}
