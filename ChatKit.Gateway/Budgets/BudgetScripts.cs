using ChatKit.Gateway.Redis;

namespace ChatKit.Gateway.Budgets;

/// <summary>
/// What Redis keeps of an account's spending in one period, and how it is changed. A hash: <c>s</c> is what was spent, <c>r:</c> with a replica's name is what the calls of
/// that replica have reserved, in nano-USD. It goes with its period; what it does not know when it is made, whoever asks first tells it out of the database.
/// </summary>
internal static class BudgetScripts
{
    /// <summary>
    /// Keys: the hashes. Arguments: the replica, the amount to reserve; for each hash the budget, what the replica knows to be spent, and how long the hash is to be kept, in
    /// milliseconds. Returns 1, the amount reserved, which is what was asked for or what is left, and for each hash what is spent; or 0, whose budget is spent, and what is
    /// spent and reserved of it.
    /// </summary>
    public const string Reserve = RedisScripts.Held + """
        local grant, spent = tonumber(ARGV[2]), {}
        for i, key in ipairs(KEYS) do
          local at = 2 + (i - 1) * 3
          local s = math.max(tonumber(redis.call('HGET', key, 's')) or 0, tonumber(ARGV[at + 2]))
          local r = held(key, 'r:')
          if s + r >= tonumber(ARGV[at + 1]) then return { 0, i, s, r } end
          grant = math.min(grant, tonumber(ARGV[at + 1]) - s - r)
          spent[i] = s
        end
        local answer = { 1, grant }
        for i, key in ipairs(KEYS) do
          redis.call('HSET', key, 's', string.format('%.0f', spent[i]))
          if grant > 0 then redis.call('HINCRBY', key, 'r:' .. ARGV[1], string.format('%.0f', grant)) end
          redis.call('PEXPIRE', key, ARGV[2 + (i - 1) * 3 + 3])
          answer[i + 2] = spent[i]
        end
        return answer
        """;

    /// <summary>Keys: the hashes. Arguments: what was spent; for each hash what the replica knows to have been spent before, and how long the hash is to be kept. Returns for each what is spent now.</summary>
    public const string Charge = """
        local answer = {}
        for i, key in ipairs(KEYS) do
          local at = 1 + (i - 1) * 2
          local s = math.max(tonumber(redis.call('HGET', key, 's')) or 0, tonumber(ARGV[at + 1])) + tonumber(ARGV[1])
          redis.call('HSET', key, 's', string.format('%.0f', s))
          redis.call('PEXPIRE', key, ARGV[at + 2])
          answer[i] = s
        end
        return answer
        """;

    /// <summary>Keys: the hashes. Arguments: the replica, and the amount that is not reserved any more.</summary>
    public const string Release = """
        for _, key in ipairs(KEYS) do
          if redis.call('HINCRBY', key, 'r:' .. ARGV[1], '-' .. ARGV[2]) <= 0 then redis.call('HDEL', key, 'r:' .. ARGV[1]) end
        end
        """;

    /// <summary>Keys: the hashes. Arguments: the replica; for each hash what it has reserved, and how long the hash is to be kept.</summary>
    public const string Restate = """
        for i, key in ipairs(KEYS) do
          redis.call('HSET', key, 'r:' .. ARGV[1], ARGV[i * 2])
          redis.call('PEXPIRE', key, ARGV[i * 2 + 1])
        end
        """;
}
