using ChatKit.Gateway.Redis;

namespace ChatKit.Gateway.Limits;

/// <summary>
/// What Redis keeps of an account's limits, and how it is changed. A hash per account: <c>w</c> is when its minute began, <c>n</c> and <c>t</c> are the requests and
/// tokens of the minute, and <c>p:</c> with a replica's name is how many calls that replica has under way. A replica that is gone counts for nothing.
/// </summary>
internal static class LimitScripts
{
    /// <summary>
    /// Keys: the hashes. Arguments: the replica, the tokens to take; for each hash the limits of requests, tokens and calls at a time (-1 for none), and what the replica
    /// knows of the current minute, which counts where Redis has forgotten: requests, tokens, and how long it has lasted.
    /// Returns 1, the tokens taken, and for each hash its minute, how long that has lasted, requests, tokens, calls under way; or 0, whose limit it is, which one, and the
    /// same of that one.
    /// </summary>
    public const string Take = RedisScripts.Held + """
        local replica, grant, found = ARGV[1], tonumber(ARGV[2]), {}
        for i, key in ipairs(KEYS) do
          local at = 2 + (i - 1) * 6
          local requests, tokens, parallel = tonumber(ARGV[at + 1]), tonumber(ARGV[at + 2]), tonumber(ARGV[at + 3])
          local known = tonumber(ARGV[at + 4])
          local kept = redis.call('HMGET', key, 'w', 'n', 't')
          local w, n, t = tonumber(kept[1]), tonumber(kept[2]) or 0, tonumber(kept[3]) or 0
          if not w or now - w >= 60000 then w, n, t = now - tonumber(ARGV[at + 6]), known, tonumber(ARGV[at + 5])
          elseif known > n then n = known end
          local p = 0
          if parallel >= 0 then p = held(key, 'p:') end
          local refused = 0
          if requests >= 0 and n >= requests then refused = 1
          elseif tokens >= 0 and t >= tokens then refused = 2
          elseif parallel >= 0 and p >= parallel then refused = 3 end
          if refused > 0 then return { 0, i, refused, w, now - w, n, t, p } end
          if tokens >= 0 then grant = math.min(grant, tokens - t) end
          found[i] = { w, n + 1, t, p + 1, tokens >= 0, parallel >= 0 }
        end
        local answer = { 1, grant }
        for i, key in ipairs(KEYS) do
          local w, n, t, p, counts, holds = unpack(found[i])
          if counts then t = t + grant end
          redis.call('HSET', key, 'w', string.format('%.0f', w), 'n', string.format('%.0f', n), 't', string.format('%.0f', t))
          if holds then redis.call('HINCRBY', key, 'p:' .. replica, 1) end
          redis.call('PEXPIRE', key, holds and 86400000 or 120000)
          for _, value in ipairs({ w, now - w, n, t, p }) do answer[#answer + 1] = value end
        end
        return answer
        """;

    /// <summary>
    /// Keys: the hashes. Arguments: the replica; for each hash the tokens that were used beyond those taken (less than zero: that were not used), whether a call is over,
    /// and the minute that was taken of.
    /// </summary>
    public const string Give = RedisScripts.Now + """
        for i, key in ipairs(KEYS) do
          local at = 1 + (i - 1) * 3
          local tokens, minute = tonumber(ARGV[at + 1]), tonumber(ARGV[at + 3])
          if ARGV[at + 2] == '1' and redis.call('HINCRBY', key, 'p:' .. ARGV[1], -1) <= 0 then redis.call('HDEL', key, 'p:' .. ARGV[1]) end
          local w = tonumber(redis.call('HGET', key, 'w'))
          if tokens ~= 0 and (w == minute or (tokens > 0 and w and now - w < 60000)) then redis.call('HINCRBY', key, 't', ARGV[at + 1])
          elseif tokens > 0 then
            redis.call('HSET', key, 'w', string.format('%.0f', now), 'n', 0, 't', ARGV[at + 1])
            redis.call('PEXPIRE', key, 86400000)
          end
        end
        """;

    /// <summary>Keys: the hashes. Arguments: the replica, and for each hash the calls that it has under way.</summary>
    public const string Restate = """
        for i, key in ipairs(KEYS) do
          redis.call('HSET', key, 'p:' .. ARGV[1], ARGV[i + 1])
          redis.call('PEXPIRE', key, 86400000)
        end
        """;
}
