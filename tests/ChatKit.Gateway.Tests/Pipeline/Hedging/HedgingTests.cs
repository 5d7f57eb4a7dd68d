using System.Collections.Frozen;
using ChatKit.Gateway.Model;
using ChatKit.Gateway.Routing;
using ChatKit.Gateway.Tests.Hosting;
using ChatKit.Testing.Upstream;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace ChatKit.Gateway.Tests.Pipeline.Hedging;

/// <summary>
/// A group of two, of which <c>slow</c> is asked first and <c>other</c> stands by. Time is ours; so are the answers. Every answer of <c>slow</c> takes a tenth of a
/// second until a test holds one back.
/// </summary>
public sealed class HedgingTests : IAsyncLifetime
{
    private const string Plain = """{"model":"gpt","messages":[{"role":"user","content":"hi"}]}""";
    private const string Streamed = """{"model":"gpt","messages":[{"role":"user","content":"hi"}],"stream":true}""";

    private static readonly TimeSpan Usual = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly FakeTimeProvider _time = new(DateTimeOffset.UnixEpoch.AddYears(50));
    private readonly SettledFacts _facts = new();
    private readonly TaskCompletionSource _slowMayGo = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _otherMayGo = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private FakeUpstream _slow = null!;
    private FakeUpstream _other = null!;
    private GatewayHost _gateway = null!;
    private int _answered;

    public async Task InitializeAsync()
    {
        _slow = await FakeUpstream.StartAsync();
        _other = await FakeUpstream.StartAsync();
        _gateway = await StartAsync(["gpt"], GatewayHost.At(_slow, "slow"), GatewayHost.At(_other, "other") with { Order = 1 });
    }

    public async Task DisposeAsync()
    {
        _slowMayGo.TrySetResult();
        _otherMayGo.TrySetResult();
        await _gateway.DisposeAsync();
        await _slow.DisposeAsync();
        await _other.DisposeAsync();
    }

    [Theory]
    [InlineData(Plain)]
    [InlineData(Streamed)]
    public async Task The_hedge_wins_where_its_answer_begins_first(string body)
    {
        var call = await HedgeAsync(body, Held(_slowMayGo, "from slow"), OpenAiReplies.Text("from other"));
        using var response = await call.WaitAsync(Patience);
        Assert.Contains("other", await response.Content.ReadAsStringAsync());
        Assert.Equal("other", response.Headers.GetValues("x-litellm-model-id").Single());
        Assert.Equal("0", response.Headers.GetValues("x-litellm-attempted-retries").Single());
        await _slow.Requests[^1].Disconnected.WaitAsync(Patience);
        Assert.Equal(["1 First slow Superseded", "2 Hedge other answered"], await _facts.TakeAsync(2));
    }

    [Theory]
    [InlineData(Plain)]
    [InlineData(Streamed)]
    public async Task The_first_attempt_wins_where_its_answer_begins_first_all_the_same(string body)
    {
        var call = await HedgeAsync(body, Held(_slowMayGo, "from slow"), Held(_otherMayGo, "from other"));
        _slowMayGo.SetResult();
        using var response = await call.WaitAsync(Patience);
        Assert.Contains("slow", await response.Content.ReadAsStringAsync());
        await _other.Requests[^1].Disconnected.WaitAsync(Patience);
        Assert.Equal(["1 First slow answered", "2 Hedge other Superseded"], await _facts.TakeAsync(2));
    }

    [Fact]
    public async Task Where_the_first_attempt_fails_the_hedge_may_still_answer()
    {
        var call = await HedgeAsync(Streamed, Held(_slowMayGo, OpenAiReplies.Error(500, "slow is broken", "server_error")), Held(_otherMayGo, "from other"));
        _slowMayGo.SetResult();
        await _slow.Requests[^1].Answered.WaitAsync(Patience);
        Assert.False(call.IsCompleted);
        _otherMayGo.SetResult();
        using var response = await call.WaitAsync(Patience);
        Assert.Contains("other", await response.Content.ReadAsStringAsync());
        Assert.Equal(["1 First slow UpstreamStatus", "2 Hedge other answered"], await _facts.TakeAsync(2));
    }

    [Fact]
    public async Task Where_the_hedge_fails_the_first_attempt_may_still_answer()
    {
        var call = await HedgeAsync(Streamed, Held(_slowMayGo, "from slow"), OpenAiReplies.Error(500, "other is broken", "server_error"));
        await _other.Requests[^1].Answered.WaitAsync(Patience);
        Assert.False(call.IsCompleted);
        _slowMayGo.SetResult();
        using var response = await call.WaitAsync(Patience);
        Assert.Contains("slow", await response.Content.ReadAsStringAsync());
        Assert.Equal(["1 First slow answered", "2 Hedge other UpstreamStatus"], await _facts.TakeAsync(2));
    }

    /// <summary>A hedge that failed is no reason not to ask its deployment in its turn.</summary>
    [Fact]
    public async Task Where_both_fail_routing_goes_on_as_after_any_failure()
    {
        var broken = OpenAiReplies.Error(503, "other is broken", "server_error");
        _other.Always = broken;
        var call = await HedgeAsync(Streamed, Held(_slowMayGo, OpenAiReplies.Error(500, "slow is broken", "server_error")), broken);
        await _other.Requests[^1].Answered.WaitAsync(Patience);
        _slowMayGo.SetResult();
        using var response = await call.WaitAsync(Patience);
        Assert.Contains("other is broken", (await ErrorAnswer.ReadAsync(response)).Message);
        Assert.Equal(["1 First slow UpstreamStatus", "2 Hedge other UpstreamStatus", "3 Retry other UpstreamStatus"], await _facts.TakeAsync(3));
    }

    /// <summary>Who lost has not failed: a stream that breaks off goes on there.</summary>
    [Fact]
    public async Task The_loser_goes_on_with_an_answer_that_the_winner_does_not_end()
    {
        var call = await HedgeAsync(Streamed, Held(_slowMayGo, "from slow"), Replies.Sse(OpenAiReplies.Stream("from other", "m", withUsage: false).Take(2), SseEnd.Cut));
        using var response = await call.WaitAsync(Patience);
        Assert.Contains("[DONE]", await response.Content.ReadAsStringAsync().WaitAsync(Patience));
        var facts = await _facts.TakeAsync(3);
        Assert.Equal("3 Continuation slow answered", facts[^1]);
    }

    [Fact]
    public async Task A_client_that_leaves_ends_both()
    {
        using var client = new CancellationTokenSource();
        var call = await HedgeAsync(Streamed, Replies.Hang, Replies.Hang, client.Token);
        await client.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        await _slow.Requests[^1].Disconnected.WaitAsync(Patience);
        await _other.Requests[^1].Disconnected.WaitAsync(Patience);
        Assert.Equal(["1 First slow ClientLeft", "2 Hedge other ClientLeft"], await _facts.TakeAsync(2));
    }

    /// <summary>Five in a hundred: twenty calls are good for one.</summary>
    [Fact]
    public async Task The_budget_ends_hedging()
    {
        using (await await HedgeAsync(Plain, Held(_slowMayGo, "from slow"), OpenAiReplies.Text("from other"))) _facts.Clear();
        var slow = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _answered = _slow.Requests.Count;
        _slow.Then(Held(slow, "from slow"));
        var second = _gateway.ChatAsync(Plain);
        await LetTimePassAsync(() => false, steps: 40);
        slow.SetResult();
        using var response = await second.WaitAsync(Patience);
        Assert.Contains("slow", await response.Content.ReadAsStringAsync());
        Assert.Single(_other.Requests);
    }

    [Fact]
    public async Task Nobody_is_hedged_before_it_is_known_what_is_usual()
    {
        await LearnAsync(Plain, calls: 19);
        await IsNotHedgedAsync();
    }

    [Fact]
    public async Task Plain_calls_and_streams_are_usual_in_different_ways()
    {
        await LearnAsync(Streamed, calls: 20);
        await IsNotHedgedAsync();
    }

    [Fact]
    public async Task A_group_that_did_not_opt_in_is_not_hedged()
    {
        await _gateway.DisposeAsync();
        _gateway = await StartAsync(["another"], GatewayHost.At(_slow, "slow"), GatewayHost.At(_other, "other") with { Order = 1 });
        await LearnAsync(Plain, calls: 20);
        await IsNotHedgedAsync();
    }

    [Fact]
    public async Task A_group_of_one_is_not_hedged_and_keeps_its_budget()
    {
        await _gateway.DisposeAsync();
        _gateway = await StartAsync(["gpt"], GatewayHost.At(_slow, "slow"));
        await LearnAsync(Plain, calls: 20);
        await IsNotHedgedAsync();
    }

    private Task<GatewayHost> StartAsync(string[] groups, params Deployment[] deployments) => GatewayHost.StartAsync(
        services => services.AddSingleton<TimeProvider>(_time).AddSingleton<ISharedRoutingState>(_facts),
        new GatewaySettings { MasterKey = new Secret(GatewayHost.MasterKey), Retries = 0, Hedging = new HedgingRules(groups.ToFrozenSet(), MaxPercent: 5), Continued = groups.ToFrozenSet() },
        deployments);

    /// <summary>A call at the moment when it has just been hedged.</summary>
    private async Task<Task<HttpResponseMessage>> HedgeAsync(string body, Reply slow, Reply other, CancellationToken client = default)
    {
        await LearnAsync(body, calls: 20);
        _slow.Then(slow);
        _other.Then(other);
        var call = _gateway.ChatAsync(body, client);
        await LetTimePassAsync(() => _other.Requests.Count > 0);
        Assert.Single(_other.Requests);
        return call;
    }

    private async Task LearnAsync(string body, int calls)
    {
        var answer = OpenAiReplies.Text("as usual");
        for (var i = 0; i < calls; i++)
        {
            _slow.Then((request, http) =>
            {
                _time.Advance(Usual);
                return answer(request, http);
            });
            using var response = await _gateway.ChatAsync(body);
            await response.Content.ReadAsByteArrayAsync();
            await _facts.TakeAsync(1);
            _facts.Clear();
        }

        _answered = _slow.Requests.Count;
    }

    private async Task IsNotHedgedAsync()
    {
        _slow.Then(Held(_slowMayGo, "from slow"));
        var call = _gateway.ChatAsync(Plain);
        await LetTimePassAsync(() => false, steps: 40);
        _slowMayGo.SetResult();
        using var response = await call.WaitAsync(Patience);
        Assert.Contains("slow", await response.Content.ReadAsStringAsync());
        Assert.Empty(_other.Requests);
    }

    /// <summary>Time passes in steps: the gateway may look at its clock a moment after the provider has the call.</summary>
    private async Task LetTimePassAsync(Func<bool> until, int steps = 2000)
    {
        while (_slow.Requests.Count <= _answered) await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System);
        for (var i = 0; i < steps && !until(); i++)
        {
            _time.Advance(Usual / 2);
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System);
        }
    }

    private static Reply Held(TaskCompletionSource go, string text) => Held(go, OpenAiReplies.Text(text));

    private static Reply Held(TaskCompletionSource go, Reply reply) => async (request, http) =>
    {
        await go.Task.WaitAsync(http.RequestAborted);
        await reply(request, http);
    };
}
