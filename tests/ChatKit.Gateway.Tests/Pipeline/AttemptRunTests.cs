using System.Buffers;
using System.Collections.Frozen;
using ChatKit.Gateway.Callbacks;
using ChatKit.Gateway.Errors;
using ChatKit.Gateway.Model;
using ChatKit.Gateway.Pipeline;
using ChatKit.Gateway.Pipeline.Hedging;
using ChatKit.Gateway.Providers;
using ChatKit.Gateway.Routing;
using ChatKit.Gateway.Spend;
using ChatKit.Gateway.Telemetry;
using ChatKit.Gateway.Telemetry.Prometheus;
using ChatKit.Gateway.Tests.Budgets;
using ChatKit.Gateway.Tests.Hosting;
using ChatKit.Gateway.Wire;
using ChatKit.Gateway.Wire.Sse;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace ChatKit.Gateway.Tests.Pipeline;

/// <summary>An attempt is settled exactly once, whichever way it ends: here the ways that no provider can make it end, which are our own bugs.</summary>
public sealed class AttemptRunTests : IDisposable
{
    private static readonly byte[] Body = """{"model":"gpt","messages":[{"role":"user","content":"hi"}],"stream":true}"""u8.ToArray();

    private readonly SettledFacts _facts = new();
    private readonly GatewayCall _call;

    public AttemptRunTests()
    {
        var group = new ModelGroup("gpt", [GatewayHost.At("http://127.0.0.1:1/v1")]);
        var snapshot = new GatewaySnapshot { Groups = new Dictionary<string, ModelGroup> { ["gpt"] = group }.ToFrozenDictionary(), WildcardGroups = [], Settings = new GatewaySettings() };
        var http = new DefaultHttpContext();
        http.Response.Body = Stream.Null;
        _call = new GatewayCall(http, Operation.Chat, snapshot, startedAt: 0) { ClientModel = "gpt", Match = new ModelMatch(group, []) };
        CallEnvelopeReader.Read(Body, Operation.Chat.Input, out var envelope);
        _call.Keep(new PooledBuffer(), Body, envelope);
    }

    public void Dispose() => _call.Dispose();

    [Fact]
    public async Task A_bug_before_sending_is_settled_as_one()
    {
        var run = Begin(new Faulty { Write = static () => throw new InvalidTimeZoneException() });
        await Assert.ThrowsAsync<InvalidTimeZoneException>(() => run.OpenAsync().AsTask());
        run.Dispose();
        Assert.Equal(["1 First d1 Gateway"], await _facts.TakeAsync(1));
    }

    [Fact]
    public async Task A_bug_in_the_middle_of_an_answer_is_settled_as_one()
    {
        var run = Begin(new Faulty { Event = static count => count > 1 ? throw new InvalidTimeZoneException() : StreamStep.Content });
        Assert.Null(await run.OpenAsync());
        await Assert.ThrowsAsync<InvalidTimeZoneException>(() => run.RelayAsync(TimeProvider.System).AsTask());
        run.Dispose();
        Assert.Equal(["1 First d1 Gateway"], await _facts.TakeAsync(1));
    }

    [Fact]
    public async Task What_is_disposed_twice_is_settled_once()
    {
        var run = Begin(new Faulty());
        await run.OpenAsync();
        await run.RelayAsync(TimeProvider.System);
        run.Dispose();
        run.Dispose();
        Assert.Equal(["1 First d1 answered"], await _facts.TakeAsync(1));
    }

    [Fact]
    public async Task An_attempt_that_never_ran_is_settled_too()
    {
        Begin(new Faulty()).Dispose();
        Assert.Equal(["1 First d1 Gateway"], await _facts.TakeAsync(1));
    }

    [Fact]
    public async Task One_that_was_ready_a_moment_too_late_lost()
    {
        var run = Begin(new Faulty());
        Assert.Null(await run.OpenAsync());
        run.Abandon();
        run.Dispose();
        Assert.Equal(["1 First d1 Superseded"], await _facts.TakeAsync(1));
    }

    [Fact]
    public async Task One_that_answers_the_client_cannot_lose_any_more()
    {
        var run = Begin(new Faulty());
        await run.OpenAsync();
        await run.RelayAsync(TimeProvider.System);
        run.Abandon();
        run.Dispose();
        Assert.Equal(["1 First d1 answered"], await _facts.TakeAsync(1));
    }

    [Fact]
    public async Task A_bug_in_one_of_two_leaves_neither_running_nor_unsettled()
    {
        var (buggy, hanging) = (Begin(new Faulty { Write = static () => throw new InvalidTimeZoneException() }), Begin(new Faulty { Hangs = true }, number: 2, AttemptKind.Hedge));
        await Assert.ThrowsAsync<InvalidTimeZoneException>(async () =>
        {
            await using var race = new HedgeRace(new Racer(buggy, buggy.OpenAsync().AsTask()), new Racer(hanging, hanging.OpenAsync().AsTask()));
            await race.FindWinnerAsync();
        });
        Assert.Equal(["1 First d1 Gateway", "2 Hedge d1 Superseded"], await _facts.TakeAsync(2));
    }

    private AttemptRun Begin(Faulty fault, int number = 1, AttemptKind kind = AttemptKind.First)
    {
        var deployment = _call.Match!.Group.Deployments[0];
        var attempt = new UpstreamAttempt(_call, deployment, new ProviderRoute(fault, fault), number, TimeProvider.System) { Kind = kind };
        var listeners = new SettlementListeners(new PrometheusMetrics(new SnapshotHolder(_call.Snapshot), TimeProvider.System), new CallbackDispatcher(TimeProvider.System, NullLogger<WebhookSender>.Instance));
        var settlement = new AttemptSettlement(new AttemptObserver(_facts, NullLogger<AttemptObserver>.Instance), BudgetReplica.Alone(TimeProvider.System).Gate, listeners, new SpendLedger(NullLogger<SpendLedger>.Instance), NullLogger<AttemptSettlement>.Instance);
        return new AttemptRun(_call, attempt, AttemptTelemetry.Begin("chat", deployment, "gpt", number), settlement);
    }

    /// <summary>A dialect and its other end, with a bug where the test wants one: two events of content and a terminal, each in a read of its own.</summary>
    private sealed class Faulty : IProvider, IUpstream, IAnswerStream
    {
        private int _events;

        public Func<GatewayError?> Write { get; init; } = static () => null;

        public Func<int, StreamStep> Event { get; init; } = static count => count > 2 ? StreamStep.Terminal : StreamStep.Content;

        public bool Hangs { get; init; }

        public AnswerFacts Facts => default;

        public GatewayError? Error => null;

        public GatewayError? WriteRequest(ModelCall call, UpstreamRequest request) => Write();

        public async ValueTask<UpstreamResponse> SendAsync(ModelCall call, UpstreamRequest request, CancellationToken cancellationToken)
        {
            if (Hangs) await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
            return new Events();
        }

        public IAnswerStream OpenStream(ModelCall call) => this;

        public StreamStep Next(in SseEvent upstream, IBufferWriter<byte> output) => Event(++_events);

        public GatewayError? ReadAnswer(ModelCall call, ReadOnlyMemory<byte> body, IBufferWriter<byte> output, out AnswerFacts facts) => throw new NotSupportedException();

        public GatewayError ReadError(ModelCall call, int status, ReadOnlyMemory<byte> body) => throw new NotSupportedException();
    }

    private sealed class Events : UpstreamResponse
    {
        public override int Status => 200;

        public override string? MediaType => "text/event-stream";

        public override string? ContentType => MediaType;

        public override IEnumerable<KeyValuePair<string, string>> Headers => [];

        public override ValueTask<int> ReadAsync(Memory<byte> into, CancellationToken cancellationToken)
        {
            "data: x\n\n"u8.CopyTo(into.Span);
            return ValueTask.FromResult(9);
        }

        public override void Dispose() { }
    }
}
