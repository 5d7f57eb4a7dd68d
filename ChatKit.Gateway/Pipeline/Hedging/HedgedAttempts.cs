using System.Collections.Concurrent;
using ChatKit.Gateway.Errors;
using ChatKit.Gateway.Model;
using ChatKit.Gateway.Pipeline.Continuation;
using ChatKit.Gateway.Routing;

namespace ChatKit.Gateway.Pipeline.Hedging;

/// <summary>
/// Opt-in, by group: an attempt whose answer does not begin in the time that is usual for its deployment gets a second one beside it, at another deployment
/// (https://research.google/pubs/the-tail-at-scale/). Within a budget, since every hedge is a call that is paid for.
/// </summary>
internal sealed class HedgedAttempts(Router router, AttemptStarter attempts, StreamContinuation relay, TimeProvider time)
{
    private readonly UsualStart _usual = new(time);
    private readonly ConcurrentDictionary<string, HedgeBudget> _budgets = new();

    /// <summary>The rules for the call's group; null where it did not opt in.</summary>
    public static HedgingRules? RulesFor(CallRoute route) =>
        route.Snapshot.Settings.Hedging is { } rules && rules.Groups.Contains(route.Match.Group.Name) ? rules : null;

    /// <summary>Runs the attempt, and beside it another where it is late, to the end of the client's answer. An error where neither could begin one.</summary>
    public async ValueTask<GatewayError?> AttemptAsync(GatewayCall call, CallRoute route, AttemptRun run, HedgingRules rules)
    {
        var budget = _budgets.GetOrAdd(route.Match.Group.Name, static _ => new HedgeBudget());
        if (run.Attempt.Number == 1) budget.Add(rules.MaxPercent);
        var opening = run.OpenAsync().AsTask();
        if (await IsLateAsync(call, run.Attempt.Deployment, opening) && budget.TryTake())
        {
            using var slot = router.PickAnother(route);
            if (slot.Deployment is { } other && attempts.Begin(call, other, slot.Number, AttemptKind.Hedge) is { } hedge)
                return await RaceAsync(call, route, new Racer(run, opening), new Racer(hedge, hedge.OpenAsync().AsTask()));
            budget.GiveBack();
        }

        if (await opening is { } failure) return failure;
        Learn(call, run);
        await relay.RelayAsync(call, route, run);
        return null;
    }

    private async ValueTask<GatewayError?> RaceAsync(GatewayCall call, CallRoute route, Racer first, Racer hedge)
    {
        await using var race = new HedgeRace(first, hedge);
        if (await race.FindWinnerAsync() is not { } winner) return first.Run.Outcome;
        var loser = winner == first.Run ? hedge.Run : first.Run;
        Learn(call, winner);
        Learn(call, loser);
        // Should the winner's answer break off, the loser is as good as any.
        if (!HasFailed(loser)) route.Forgive(loser.Attempt.Deployment);
        call.Loser = race.EndLoserAsync(winner);
        await relay.RelayAsync(call, route, winner);
        return null;
    }

    /// <summary>True once the usual time of the deployment is over and its answer has not begun.</summary>
    private async ValueTask<bool> IsLateAsync(GatewayCall call, Deployment deployment, Task opening)
    {
        if (opening.IsCompleted || _usual.Of(deployment, call.Envelope.Stream) is not { } usual) return false;
        using var inTime = CancellationTokenSource.CreateLinkedTokenSource(call.ClientLeft);
        var late = Task.Delay(usual, time, inTime.Token);
        var isLate = await Task.WhenAny(opening, late) == late && !call.ClientLeft.IsCancellationRequested;
        await inTime.CancelAsync();
        return isLate;
    }

    private static bool HasFailed(AttemptRun run) => run.Outcome is not null && !run.IsOpening;

    private void Learn(GatewayCall call, AttemptRun run)
    {
        if (!HasFailed(run)) _usual.Learn(run.Attempt.Deployment, call.Envelope.Stream, run.Attempt.Elapsed);
    }
}
