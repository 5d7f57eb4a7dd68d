using System.Text.Json;

namespace ChatKit.Gateway.Errors;

/// <summary>
/// An expected failure, as a value. It is written to the client in the dialect of the route (OpenAI: <c>{"error":{message,type,param,code}}</c>).
/// </summary>
/// <param name="Status">The HTTP status that the client sees.</param>
/// <param name="Type">The machine-readable type of the dialect, e.g. <c>invalid_request_error</c>.</param>
/// <param name="Message">For people; holds no secret and nothing internal.</param>
/// <param name="Param">The request member at fault; null where there is none.</param>
internal sealed record GatewayError(int Status, string Type, string Message, string? Param = null)
{
    /// <summary>The value of <c>code</c> where it is not the status: a provider's own code, passed on.</summary>
    public string? Code { get; init; }

    /// <summary>The prompt is longer than the model can read.</summary>
    public bool IsContextWindow => Code is ContextWindow.Code;

    /// <summary>The provider refuses the call for what it says.</summary>
    public bool IsContentPolicy => ContentPolicy.IsCode(Code);

    /// <summary>More for programs, an object, in the dialects that have room for it (Anthropic's <c>details</c>); null where nobody said more.</summary>
    public JsonElement? Details { get; init; }

    /// <summary>How long the client should wait; null where nobody said.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Where the failure began: decides whether another attempt may help.</summary>
    public ErrorOrigin Origin { get; init; } = ErrorOrigin.Client;

    /// <summary>True where nobody else can be asked either: what the client sent was read and is gone.</summary>
    public bool IsFinal { get; init; }

    /// <summary>Headers of our own that tell programs more.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    /// <summary>The headers of the provider's error answer; none where there was no answer.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> ProviderHeaders { get; init; } = [];

    /// <summary>A bug of ours, which the log tells in full and the client only as what it is.</summary>
    public static GatewayError Unexpected { get; } = new(500, "internal_server_error", "The gateway failed unexpectedly; its log says how.") { Origin = ErrorOrigin.Gateway };

    /// <summary>The client closed the connection: nobody is there to read an answer. 499 is nginx's number for it, seen in logs only.</summary>
    public static GatewayError ClientLeft { get; } = new(499, "client_closed_request", "The client closed the connection.") { Origin = ErrorOrigin.ClientLeft };

    /// <summary>Another attempt had its answer sooner. Nobody failed, and no client sees this.</summary>
    public static GatewayError Superseded { get; } = new(499, "superseded", "Another attempt answered first.") { Origin = ErrorOrigin.Superseded };
}

/// <summary>Whose failure it is.</summary>
internal enum ErrorOrigin
{
    /// <summary>The request itself: no other deployment would answer it differently.</summary>
    Client,

    /// <summary>The client went away.</summary>
    ClientLeft,

    /// <summary>Nobody's: a hedge was decided for the other attempt.</summary>
    Superseded,

    /// <summary>A bug in this gateway.</summary>
    Gateway,

    /// <summary>This gateway's configuration: nothing was sent, and nothing would be the next time.</summary>
    Configuration,

    /// <summary>Nobody could be asked: every deployment rests, is full, or does not fit the call.</summary>
    Routing,

    /// <summary>The provider answered with an error status.</summary>
    UpstreamStatus,

    /// <summary>No usable answer: refused, TLS, cut, not parseable.</summary>
    UpstreamTransport,

    /// <summary>A time limit of ours.</summary>
    Timeout,
}
