using System.Net;
using ChatKit.Gateway.Model.Accounts;

namespace ChatKit.Gateway.Model;

/// <summary>
/// What an attempt came to, and for whom: the one fact that money, metrics and callbacks are told. Each attempt has exactly one, whatever became of its call.
/// </summary>
internal sealed record Settlement
{
    public required Attempt Attempt { get; init; }

    /// <summary>The call's id, which the client knows too.</summary>
    public required string CallId { get; init; }

    public required Operation Operation { get; init; }

    /// <summary>Null where a route asks for no key.</summary>
    public required Caller? Caller { get; init; }

    /// <summary>For whom the caller called.</summary>
    public required string? EndUser { get; init; }

    /// <summary>Who pays.</summary>
    public required IReadOnlyList<Account> Accounts { get; init; }

    /// <summary>The caller's, the headers' and the body's.</summary>
    public required IReadOnlyList<string> Tags { get; init; }

    /// <summary>The group that the call was in: after a fallback another one than was asked for.</summary>
    public required string Group { get; init; }

    /// <summary>What the client called the model.</summary>
    public required string ClientModel { get; init; }

    /// <summary>The group that the client asked for.</summary>
    public required string AskedGroup { get; init; }

    /// <summary>The model's name at the provider.</summary>
    public required string UpstreamModel { get; init; }

    /// <summary>Nano-USD; null where the price is not known.</summary>
    public required long? Cost { get; init; }

    /// <summary>The caller's address; null on a Unix socket.</summary>
    public required IPAddress? IpAddress { get; init; }

    /// <summary><c>x-litellm-session-id</c> or <c>x-litellm-trace-id</c>: what belongs together for the client.</summary>
    public required string? SessionId { get; init; }
}
