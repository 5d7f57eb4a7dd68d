using ChatKit.Gateway.Model;

namespace ChatKit.Gateway.Simulation;

/// <summary>A call of the past, as its log has it.</summary>
internal sealed record LoggedCall
{
    /// <summary>The line of the log, from 1.</summary>
    public required int Line { get; init; }

    /// <summary>The name that the client called.</summary>
    public required string Group { get; init; }

    /// <summary>The deployment that answered; null where the log does not say.</summary>
    public string? DeploymentId { get; init; }

    /// <summary><c>provider/model</c> that answered.</summary>
    public required string Model { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    public required TimeSpan Duration { get; init; }

    public TokenUsage Usage { get; init; }

    /// <summary>US dollars.</summary>
    public decimal Cost { get; init; }

    /// <summary>The status that the client got, where the call failed; null where it succeeded.</summary>
    public int? FailedWith { get; init; }

    /// <summary>True where another group than the one that was asked for answered.</summary>
    public bool FellBack { get; init; }

    public IReadOnlyList<string> Tags { get; init; } = [];
}
