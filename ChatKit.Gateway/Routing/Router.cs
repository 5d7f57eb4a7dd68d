using ChatKit.Gateway.Errors;
using ChatKit.Gateway.Model;
using ChatKit.Gateway.Routing.Strategies;

namespace ChatKit.Gateway.Routing;

/// <summary>
/// Stage 7: which deployment, and whether to try again. The deployments of the lowest order get all their tries first, then those of the next; within an
/// order, a retry goes to a deployment that was not tried yet while there is one.
/// </summary>
internal sealed class Router(SimpleShuffle shuffle, RetryPolicy policy, TimeProvider time)
{
    /// <param name="group">The deployments that answer to the model's name.</param>
    /// <param name="retries">Tries after the first, for each order.</param>
    /// <param name="attempt">Runs one attempt.</param>
    /// <param name="clientLeft">Ends the wait between two tries.</param>
    /// <returns>Null once an attempt succeeded, else the last error.</returns>
    public async ValueTask<GatewayError?> RouteAsync(ModelGroup group, int retries, RunAttempt attempt, CancellationToken clientLeft)
    {
        var number = 0;
        GatewayError? error = null;
        for (int? order = NextOrder(group, above: null); order is not null; order = NextOrder(group, order))
        {
            var untried = new List<Deployment>();
            for (var tries = 0; tries <= retries; tries++)
            {
                if (untried.Count == 0) AddAll(group, order.Value, untried);
                var deployment = shuffle.Pick(untried);
                untried.Remove(deployment);

                error = await attempt(deployment, ++number);
                if (error is null || !RetryPolicy.MayRetry(error, group.Candidates.Count)) return error;
                if (tries < retries && !await WaitAsync(policy.WaitBefore(tries, error, untried.Count > 0), clientLeft)) return GatewayError.ClientLeft;
            }
        }

        return error;
    }

    private static int? NextOrder(ModelGroup group, int? above)
    {
        int? next = null;
        foreach (var deployment in group.Candidates)
        {
            if ((above is null || deployment.Order > above) && (next is null || deployment.Order < next)) next = deployment.Order;
        }

        return next;
    }

    private static void AddAll(ModelGroup group, int order, List<Deployment> untried)
    {
        foreach (var deployment in group.Candidates)
        {
            if (deployment.Order == order) untried.Add(deployment);
        }
    }

    /// <summary>False where the client left meanwhile.</summary>
    private async ValueTask<bool> WaitAsync(TimeSpan wait, CancellationToken clientLeft)
    {
        if (wait > TimeSpan.Zero) await Task.Delay(wait, time, clientLeft).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return !clientLeft.IsCancellationRequested;
    }
}
