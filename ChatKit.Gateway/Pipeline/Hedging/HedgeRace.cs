using ChatKit.Gateway.Errors;

namespace ChatKit.Gateway.Pipeline.Hedging;

/// <summary>
/// Two attempts at once, of which the client gets the one whose answer begins first. The other is broken off and settled; where one fails, the other is waited for.
/// </summary>
internal sealed class HedgeRace(Racer first, Racer hedge) : IAsyncDisposable
{
    private Task _loserEnded = Task.CompletedTask;

    /// <summary>The attempt whose answer can begin; null where both failed.</summary>
    public async ValueTask<AttemptRun?> FindWinnerAsync()
    {
        var finished = await Task.WhenAny(first.Opening, hedge.Opening);
        if (await finished is null) return finished == first.Opening ? first.Run : hedge.Run;
        var other = finished == first.Opening ? hedge : first;
        return await other.Opening is null ? other.Run : null;
    }

    /// <summary>Breaks off the other attempt. It needs a moment to notice, which the client does not wait for.</summary>
    public Task EndLoserAsync(AttemptRun winner) => _loserEnded = EndAsync(winner == first.Run ? hedge : first);

    /// <summary>Whatever happened, nothing runs on, and both are settled.</summary>
    public async ValueTask DisposeAsync()
    {
        await _loserEnded;
        await EndAsync(hedge);
        await EndAsync(first);
    }

    private static async Task EndAsync(Racer racer)
    {
        racer.Run.Abandon();
        await ((Task)racer.Opening).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        racer.Run.Dispose();
    }
}

/// <summary>One of the two.</summary>
/// <param name="Run">The attempt.</param>
/// <param name="Opening">Its way to where its answer can begin; an error where it cannot.</param>
internal readonly record struct Racer(AttemptRun Run, Task<GatewayError?> Opening);
