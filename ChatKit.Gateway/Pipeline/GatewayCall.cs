using ChatKit.Gateway.Errors;
using System.Net;
using ChatKit.Gateway.Budgets;
using ChatKit.Gateway.Limits;
using ChatKit.Gateway.Model;
using ChatKit.Gateway.Model.Accounts;
using ChatKit.Gateway.Pipeline.Caching;
using ChatKit.Gateway.Pipeline.Explain;
using ChatKit.Gateway.Pipeline.Guarding;
using ChatKit.Gateway.Providers.Uploads;
using ChatKit.Gateway.Routing;
using ChatKit.Gateway.Wire;

namespace ChatKit.Gateway.Pipeline;

/// <summary>The state of one call, filled in stage by stage. It keeps the snapshot that it began with, whatever is reloaded meanwhile.</summary>
internal sealed class GatewayCall(HttpContext http, Operation operation, GatewaySnapshot snapshot, long startedAt) : IDisposable
{
    private static readonly ReadOnlyMemory<byte> NoMembers = "{}"u8.ToArray();

    private PooledBuffer? _body;
    private string? _asked;

    public HttpContext Http { get; } = http;

    /// <summary>The API that the client speaks.</summary>
    public Operation Operation { get; } = operation;

    public GatewaySnapshot Snapshot { get; } = snapshot;

    /// <summary>A timestamp of the TimeProvider.</summary>
    public long StartedAt { get; } = startedAt;

    /// <summary>The client's own id for the call, or ours: stands in the answer, in logs and in spend.</summary>
    public string Id { get; init; } = CallId.Of(http.Request);

    /// <summary>
    /// The id of the call's settlements. A client that says the same id twice must not have its second call taken for the first, so what is the client's gets
    /// something of ours behind it.
    /// </summary>
    public string SpendId => field ??= Http.Request.Headers.ContainsKey(CallId.Header) ? $"{Id}~{Random.Shared.NextInt64():x}" : Id;

    /// <summary>What was sent and answered, where the spend log keeps it.</summary>
    public CallTexts? Texts { get; set; }

    /// <summary>Who calls; known once the key was accepted.</summary>
    public Caller? Caller { get; set; }

    /// <summary>For whom the caller calls; null where they do not say.</summary>
    public string? EndUser { get; set; }

    /// <summary>Where the call came from; read at its beginning, since an attempt may be settled when the request is over.</summary>
    public IPAddress? IpAddress { get; } = http.Connection.RemoteIpAddress;

    /// <summary>What the client calls the larger whole that this call is part of.</summary>
    public string? SessionId { get; } = Pipeline.SessionId.Of(http.Request.Headers);

    /// <summary>Everybody who pays for this call or is counted by it.</summary>
    public IReadOnlyList<Account> Accounts { get; set; } = [];

    /// <summary>What the call has reserved of its budgets; null where none bounds it.</summary>
    public BudgetHold? Budget { get; set; }

    /// <summary>What the call has taken of its limits; null where it has none.</summary>
    public LimitHold? Limits { get; set; }

    /// <summary>What the call is marked with: by its key, its team, its header and its body.</summary>
    public IReadOnlyList<string> Tags { get; set; } = [];

    /// <summary>The region that the customer's calls stay in; null: wherever the call itself asks for.</summary>
    public string? Region { get; set; }

    /// <summary>What the request headers say about this call.</summary>
    public CallOverrides Overrides { get; set; } = CallOverrides.None;

    /// <summary>What the spine read of the body.</summary>
    public CallEnvelope Envelope { get; private set; } = CallEnvelope.Empty;

    /// <summary>The JSON object that the client sent; an empty one where it sent a form.</summary>
    public ReadOnlyMemory<byte> Body { get; private set; }

    /// <summary>The form that the client sent in place of JSON, its files perhaps still to come; null for JSON.</summary>
    public FormUpload? Upload { get; private set; }

    /// <summary>The name by which the client calls the model, and by which the answer calls it.</summary>
    public string ClientModel { get; set; } = "";

    /// <summary>The group that the name means; once the call is on its way, the group that it is in.</summary>
    public ModelMatch? Match
    {
        get => Route?.Match ?? field;
        set;
    }

    /// <summary>The name of the group that the client asked for; empty where it asked for none that there is.</summary>
    public string AskedGroup => _asked ?? Match?.Group.Name ?? "";

    /// <summary>The call's way through groups and deployments; null until it begins.</summary>
    public CallRoute? Route { get; private set; }

    /// <summary>Of a call to the Responses API; null for all others.</summary>
    public ResponseState? Response { get; set; }

    /// <summary>Tries after the first in the group that was asked for; hedges and continuations are none.</summary>
    public int Retries { get; set; }

    /// <summary>What the cache knows of this call; null where it has no part in it.</summary>
    public CacheVisit? Cached { get; set; }

    /// <summary>What guardrails know of this call; null where none watches it.</summary>
    public GuardedCall? Guarded { get; set; }

    /// <summary>Why a guardrail ended the call; null where none did.</summary>
    public GatewayError? Blocked { get; set; }

    /// <summary>Why nobody takes the answer any more.</summary>
    public GatewayError Gone => Blocked ?? GatewayError.ClientLeft;

    /// <summary>What the latest attempt came to; null before the first one is over.</summary>
    public Attempt? LastAttempt { get; set; }

    /// <summary>Cancelled when the client closes the connection.</summary>
    public CancellationToken ClientLeft => Http.RequestAborted;

    /// <summary>What the answer calls the model: what the client calls it, except after a fallback, where another model answered (as in LiteLLM).</summary>
    public string AnsweringModel(Deployment deployment) => Route is { Fallbacks: > 0 } ? Match!.UpstreamModel(deployment) : ClientModel;

    /// <summary>Sets out: what the call asks of routing is known. A header beats the body, the body the file.</summary>
    public CallRoute BeginRoute()
    {
        _asked = Match!.Group.Name;
        return Route = NewRoute();
    }

    /// <summary>Takes over the body's memory, and gives it back when the call ends.</summary>
    public void Keep(PooledBuffer buffer, ReadOnlyMemory<byte> body, CallEnvelope envelope)
    {
        _body?.Dispose();
        _body = buffer;
        Body = body;
        Envelope = envelope;
        Route?.GoOnWith(body, envelope);
    }

    /// <summary>Takes over a form, the rest of which is still to be read.</summary>
    public void Keep(FormUpload upload)
    {
        Upload = upload;
        Body = NoMembers;
        Envelope = new CallEnvelope { Model = upload.ModelName };
    }

    /// <summary>The end of an attempt that lost against its hedge. Until it has noticed, it may read the body.</summary>
    public Task Loser { get; set; } = Task.CompletedTask;

    /// <summary>Gives back the body's memory before the end of the call: no other attempt will need it.</summary>
    public void Commit()
    {
        if (!Loser.IsCompleted) return;
        Body = default;
        Route?.Body = default;
        _body?.Dispose();
    }

    public void Dispose()
    {
        Limits?.Release();
        Budget?.Release();
        _body?.Dispose();
        Upload?.Dispose();
        Cached?.Dispose();
        Guarded?.Dispose();
    }

    private CallRoute NewRoute() => new(Snapshot, Match!, ClientModel)
    {
        Envelope = Envelope,
        Body = Body,
        Retries = Overrides.Retries ?? Envelope.Retries,
        Trace = ExplainRequest.TraceFor(Http.Request),
        Tags = Tags,
        Caller = Caller,
        Region = Region,
        ClientLeft = ClientLeft,
    };
}
