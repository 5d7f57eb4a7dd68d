namespace ChatKit.Gateway.Redis;

/// <summary>What several scripts have in common. Time is Redis's own, so that replicas need not agree on theirs.</summary>
internal static class RedisScripts
{
    /// <summary><c>now</c>: milliseconds.</summary>
    public const string Now = """
        local clock = redis.call('TIME')
        local now = clock[1] * 1000 + math.floor(clock[2] / 1000)

        """;

    /// <summary>
    /// <c>held(key, prefix)</c>: what living replicas hold in a hash, whose fields are the prefix and a replica's name. What belongs to one that is gone is
    /// removed: a replica that was killed leaves nothing behind for longer than its heartbeat lasts.
    /// </summary>
    public const string Held = $$"""
        {{Now}}
        local function held(key, prefix)
          local sum = 0
          local fields = redis.call('HGETALL', key)
          for i = 1, #fields, 2 do
            if string.sub(fields[i], 1, #prefix) == prefix then
              local gone = redis.call('ZSCORE', '{{SharedRedis.Replicas}}', string.sub(fields[i], #prefix + 1))
              if gone and tonumber(gone) > now then sum = sum + tonumber(fields[i + 1])
              else redis.call('HDEL', key, fields[i]) end
            end
          end
          return sum
        end

        """;

    /// <summary>Keys: the set of replicas. Arguments: this one's name, how long it counts as alive. Returns how many there are, and whether this one was known.</summary>
    public const string Heartbeat = $$"""
        {{Now}}
        redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now)
        local known = redis.call('ZSCORE', KEYS[1], ARGV[1])
        redis.call('ZADD', KEYS[1], now + ARGV[2], ARGV[1])
        return { redis.call('ZCARD', KEYS[1]), known and 1 or 0 }
        """;
}
