namespace ChatKit.Gateway.Model;

/// <summary>How deployments are checked (https://docs.litellm.ai/docs/proxy/health): <c>general_settings.background_health_checks</c> and its kin.</summary>
internal sealed record HealthSettings
{
    public static HealthSettings Default { get; } = new();

    /// <summary><c>background_health_checks</c>: the gateway checks on its own, and <c>/health</c> tells what it found instead of calling anybody.</summary>
    public bool InBackground { get; init; }

    /// <summary><c>health_check_interval</c>: from the end of one round of checks to the beginning of the next.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(300);

    /// <summary><c>health_check_details</c>: false leaves everything but the model's name out of <c>/health</c>.</summary>
    public bool Details { get; init; } = true;

    /// <summary><c>health_check_concurrency</c>: enough that a hundred deployments take seconds, few enough that no provider takes it for an attack.</summary>
    public int Concurrency { get; init; } = 16;

    /// <summary><c>enable_health_check_routing</c>: a deployment whose latest background check failed gets no calls while another is healthy.</summary>
    public bool GuidesRouting { get; init; }
}
