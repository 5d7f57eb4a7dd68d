namespace ChatKit.Gateway.Model;

/// <summary>When a failing deployment is given a rest, and for how long (https://docs.litellm.ai/docs/routing#cooldowns).</summary>
internal sealed record CooldownRules
{
    /// <summary>LiteLLM's duration where nobody says another.</summary>
    public static TimeSpan DefaultTime { get; } = TimeSpan.FromSeconds(5);

    /// <summary>LiteLLM's <c>allowed_fails</c> where only a policy by class of error is given.</summary>
    public const int DefaultAllowedFails = 3;

    /// <summary><c>disable_cooldowns</c>.</summary>
    public bool Disabled { get; init; }

    /// <summary>The router's <c>cooldown_time</c>; zero gives no rest.</summary>
    public TimeSpan? Time { get; init; }

    /// <summary><c>allowed_fails</c> in a minute; null where not given, and shares of failures decide.</summary>
    public int? AllowedFails { get; init; }

    /// <summary><c>allowed_fails_policy</c>: the same by class of error.</summary>
    public ErrorClassCounts? AllowedFailsByClass { get; init; }
}
