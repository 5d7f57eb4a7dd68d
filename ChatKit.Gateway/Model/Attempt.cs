using ChatKit.Gateway.Errors;

namespace ChatKit.Gateway.Model;

/// <summary>
/// The immutable fact that each upstream attempt leaves behind. Routing, metrics, traces and spend read only this.
/// </summary>
internal sealed record Attempt
{
    public required Deployment Deployment { get; init; }

    /// <summary>The model's name at the provider.</summary>
    public string Model { get; init; } = "";

    /// <summary>1 for the first attempt of a call.</summary>
    public required int Number { get; init; }

    public AttemptKind Kind { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    public required TimeSpan Duration { get; init; }

    /// <summary>From the start to the first content; null where none came.</summary>
    public TimeSpan? TimeToFirstToken { get; init; }

    /// <summary>The upstream's status; null where no answer came.</summary>
    public int? UpstreamStatus { get; init; }

    /// <summary>Null where the provider did not say.</summary>
    public TokenUsage? Usage { get; init; }

    /// <summary>Nano-USD; null where the price is not known.</summary>
    public long? Cost { get; init; }

    /// <summary>The provider's own id of the answer, for support cases.</summary>
    public string? ResponseId { get; init; }

    /// <summary>The model that the provider says it used.</summary>
    public string? ResponseModel { get; init; }

    public string? FinishReason { get; init; }

    /// <summary>True when the client went away before the end.</summary>
    public bool ClientLeft { get; init; }

    /// <summary>Null when the attempt succeeded.</summary>
    public GatewayError? Error { get; init; }
}
