using ChatKit.Data.Gateway.Keys;
using ChatKit.Gateway.Model;
using ChatKit.Gateway.Wire.Json;

namespace ChatKit.Gateway.Administration.Keys;

/// <summary>
/// What the configuration says about keys to be made: what they get where the request says nothing, and what they may not exceed
/// (https://docs.litellm.ai/docs/proxy/virtual_keys#default-keygenerate-params).
/// </summary>
internal static class KeyRules
{
    /// <summary>Fills in what the request leaves open: the defaults first, then the bounds.</summary>
    public static void Fill(KeySettings settings, RequestFields body, VirtualKeyRow key, DateTime now)
    {
        var defaults = settings.Defaults;
        key.UserId ??= defaults.UserId;
        key.TeamId ??= defaults.TeamId;
        if (key.Models.Count == 0) key.Models = [.. defaults.Models];
        key.Metadata ??= defaults.Metadata;
        Fill(defaults, body, key, now);
        Fill(settings.UpperBounds, body, key, now);
    }

    /// <summary>Tells what exceeds the bounds; of an update only what it sets itself.</summary>
    public static void Check(KeyParameters bounds, RequestFields body, VirtualKeyRow key, DateTime now)
    {
        Compare("max_budget", key.MaxBudget, bounds.MaxBudget, static nanos => nanos / 1_000_000_000m);
        Compare("tpm_limit", key.TpmLimit, bounds.TpmLimit, static count => count);
        Compare("rpm_limit", key.RpmLimit, bounds.RpmLimit, static count => count);
        Compare("max_parallel_requests", key.MaxParallelRequests, bounds.MaxParallelRequests, static count => count);
        if (bounds.Duration is { } longest && body.Has("duration") && !(key.ExpiresAt <= KeyLifetime.End(longest, now))) Exceeds("duration", body.Text("duration") ?? "no end", longest);
        if (bounds.BudgetDuration is { } period && body.Has("budget_duration") && !(End(key.BudgetDuration, now) <= End(period, now))) Exceeds("budget_duration", key.BudgetDuration ?? "no end", period);

        void Compare(string name, long? value, long? bound, Func<long, decimal> show)
        {
            if (bound is { } most && body.Has(name) && !(value <= most)) Exceeds(name, value is { } given ? $"{show(given)}" : "no limit", $"{show(most)}");
        }

        void Exceeds(string name, string given, string most) => body.Wrong<string>(name, $"{name} is over max limit set in config - user_value={given}; max_value={most}");
    }

    private static void Fill(KeyParameters from, RequestFields body, VirtualKeyRow key, DateTime now)
    {
        key.MaxBudget ??= from.MaxBudget;
        key.BudgetDuration ??= from.BudgetDuration;
        key.TpmLimit ??= from.TpmLimit;
        key.RpmLimit ??= from.RpmLimit;
        key.MaxParallelRequests ??= from.MaxParallelRequests;
        if (!body.Has("duration") && key.ExpiresAt is null && from.Duration is { } duration) key.ExpiresAt = KeyLifetime.End(duration, now);
    }

    private static DateTime? End(string? duration, DateTime now) => duration is null ? null : KeyLifetime.End(duration, now);
}
