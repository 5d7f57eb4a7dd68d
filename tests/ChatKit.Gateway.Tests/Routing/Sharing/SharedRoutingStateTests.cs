using System.Text.Json;
using ChatKit.Gateway.Errors;
using ChatKit.Gateway.Model;
using ChatKit.Gateway.Routing.Sharing;
using ChatKit.Gateway.Wire;
using Xunit;

namespace ChatKit.Gateway.Tests.Routing.Sharing;

/// <summary>What replicas tell each other, without a Redis in between.</summary>
public sealed class SharedRoutingStateTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 1, 12, 0, 30, TimeSpan.Zero);

    private readonly OwnObservations _own = new();
    private readonly OtherReplicas _others = new();
    private readonly Deployment _here = New();
    private readonly Deployment _there = New();

    [Fact]
    public void A_note_carries_minute_cooldown_and_samples()
    {
        _here.State.Minute.Add(Now, new MinuteUsage(3, 70, 2, 1));
        _here.State.Cool(new Cooldown(Now.AddSeconds(5), 429, "why"));
        _own.Settled(Fact(TimeSpan.FromSeconds(2), output: 10));
        Tell();

        Assert.Equal(new MinuteUsage(3, 70, 2, 1), _there.State.Minute.At(Now));
        Assert.Equal(new Cooldown(Now.AddSeconds(5), 429, "why"), _there.State.CooldownAt(Now));
        Assert.Equal(0.2, _there.State.TimePerToken.Mean(10, Now.AddMinutes(-1)));
    }

    [Fact]
    public void What_others_told_is_not_told_on_as_ones_own()
    {
        _here.State.Minute.Add(Now, new MinuteUsage(3, 70, 3, 0));
        Tell();

        Assert.Empty(new OwnObservations().Note([_there], Now).D);
    }

    [Fact]
    public void A_cooldown_is_told_on_so_that_late_comers_learn_of_it()
    {
        _here.State.Cool(new Cooldown(Now.AddSeconds(5), 429, "why"));
        Tell();

        Assert.Equal(429, new OwnObservations().Note([_there], Now).D["m-1"].C!.S);
    }

    [Fact]
    public void Hearing_the_same_twice_changes_nothing()
    {
        _here.State.Minute.Add(Now, new MinuteUsage(3, 70, 3, 0));
        _own.Settled(Fact(TimeSpan.FromSeconds(2), output: 10));
        Tell();
        Tell();
        _own.Settled(Fact(TimeSpan.FromSeconds(4), output: 10) with { StartedAt = Now.AddSeconds(-4.5) });
        Tell();

        Assert.Equal(3, _there.State.Minute.At(Now).Requests);
        Assert.Equal(0.3, _there.State.TimePerToken.Mean(10, Now.AddMinutes(-1))!.Value, 6);
    }

    [Fact]
    public void Replicas_are_added_up_and_one_that_is_gone_counts_no_more()
    {
        var text = Note(new MinuteUsage(3, 70, 3, 0));
        _others.Apply([new("one", text), new("two", text)], [_there], Now);
        Assert.Equal(6, _there.State.Minute.At(Now).Requests);

        _others.Apply([new("two", text)], [_there], Now);
        Assert.Equal(3, _there.State.Minute.At(Now).Requests);
    }

    [Fact]
    public void A_minute_that_is_over_does_not_count()
    {
        var text = Note(new MinuteUsage(3, 70, 3, 0));
        _others.Apply([new("one", text)], [_there], Now.AddMinutes(1));

        Assert.Equal(default, _there.State.Minute.At(Now.AddMinutes(1)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("no json")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("""{"d":{"m-1":{"l":[[1],[],[1,2,3,4]]}}}""")]
    public void What_no_replica_of_this_version_wrote_changes_nothing(string text)
    {
        _others.Apply([new("stranger", text)], [_there], Now);

        Assert.Equal(default, _there.State.Minute.At(Now));
        Assert.Null(_there.State.TimePerToken.Mean(10, DateTimeOffset.MinValue));
    }

    [Fact]
    public void A_quiet_deployment_is_not_talked_about()
    {
        _own.Settled(Fact(TimeSpan.FromSeconds(1), output: 1));

        Assert.Empty(_own.Note([_here], Now.AddMinutes(2)).D);
    }

    [Fact]
    public void A_timeout_is_told_as_the_slowest_of_answers()
    {
        _own.Settled(Fact(TimeSpan.FromSeconds(1), output: 0) with { Error = new GatewayError(408, "timeout", "late") { Origin = ErrorOrigin.Timeout } });
        Tell();

        Assert.Equal(1000, _there.State.TimePerToken.Mean(10, Now.AddMinutes(-1)));
    }

    private static Deployment New() => new()
    {
        Id = "m-1",
        GroupName = "m",
        Provider = "openai",
        UpstreamModel = "x",
        BaseAddress = null,
        ApiKey = null,
        Timeouts = CallTimeouts.Default,
    };

    private static string Note(MinuteUsage usage)
    {
        var deployment = New();
        deployment.State.Minute.Add(Now, usage);
        return JsonSerializer.Serialize(new OwnObservations().Note([deployment], Now), SharedStateJson.Default.SharedStateWire);
    }

    private Attempt Fact(TimeSpan duration, int output) => new()
    {
        Deployment = _here,
        Number = 1,
        StartedAt = Now.AddSeconds(-5),
        Duration = duration,
        Usage = output == 0 ? null : new TokenUsage(1, output),
    };

    private void Tell() =>
        _others.Apply([new ReplicaNote("one", JsonSerializer.Serialize(_own.Note([_here], Now), SharedStateJson.Default.SharedStateWire))], [_there], Now);
}
