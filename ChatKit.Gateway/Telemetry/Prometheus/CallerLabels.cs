using ChatKit.Gateway.Model;

namespace ChatKit.Gateway.Telemetry.Prometheus;

/// <summary>Who called, as labels. All but the customer come from rows that an administrator made, so that no client can make up series.</summary>
internal readonly record struct CallerLabels(string EndUser, string KeyHash, string KeyAlias, string Team, string TeamAlias, string User)
{
    /// <summary>Callers beyond the number of series that is kept.</summary>
    public static CallerLabels Other { get; } = new("", "other", "other", "other", "other", "other");

    public static CallerLabels Of(Caller? caller, string? endUser) => new(
        endUser ?? "", caller?.KeyHash ?? "", caller?.KeyAlias ?? "", caller?.TeamId ?? "", caller?.TeamAlias ?? "", caller?.UserId ?? "");
}
