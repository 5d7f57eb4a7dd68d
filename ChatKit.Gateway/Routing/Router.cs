using ChatKit.Gateway.Errors;
using ChatKit.Gateway.Model;

namespace ChatKit.Gateway.Routing;

/// <summary>
/// Stage 7: which deployment, whether again, and which group next. The deployments of the lowest order get all their tries first, then those of the next;
/// within an order, a retry goes to a deployment that was not tried yet while there is one.
/// </summary>
internal sealed class Router(DeploymentPicker picker, RetryPolicy policy, TimeProvider time)
{
    /// <param name="route">The call; it has not been anywhere yet.</param>
    /// <param name="attempt">Runs one attempt.</param>
    /// <returns>Null once an attempt succeeded, else what to tell the client.</returns>
    public ValueTask<GatewayError?> RouteAsync(CallRoute route, RunAttempt attempt) => TryGroupAsync(route, attempt);

    /// <summary>
    /// A place at another deployment of the call's group, for an attempt beside or after the one that is under way: at once, and at nobody who was tried.
    /// Without a deployment where there is none.
    /// </summary>
    public DeploymentSlot PickAnother(CallRoute route)
    {
        var now = time.GetUtcNow();
        for (var floor = int.MinValue; ;)
        {
            if (picker.Pick(route, floor, now, out var problem) is not { } another) return DeploymentSlot.Nobody(problem!);
            if (!route.WasTried(another))
                return another.State.Slots.TryTake(MaxParallel(route, another)) ? DeploymentSlot.Of(another, route.Begin(another), now) : DeploymentSlot.Nobody(Full(route));
            // All of this order were tried: the next.
            floor = another.Order + 1;
        }
    }

    private async ValueTask<GatewayError?> TryGroupAsync(CallRoute route, RunAttempt attempt)
    {
        GatewayError? error = null;
        var (floor, tries) = (int.MinValue, 0);
        Deployment? latest = null;
        while (true)
        {
            var slot = await TakeAsync(route, floor);
            if (slot.Deployment is not { } deployment) return error ?? slot.Problem;
            if (deployment.Order != latest?.Order) tries = 0;
            latest = deployment;

            var failure = await RunAsync(route, slot, attempt);
            if (failure is null || failure.Origin is ErrorOrigin.ClientLeft or ErrorOrigin.Gateway) return failure;
            if (failure.Origin is ErrorOrigin.Client or ErrorOrigin.Configuration)
            {
                // Nothing was sent: this deployment cannot take the call, which says nothing about the others.
                route.Exclude(deployment);
                error ??= failure;
                continue;
            }

            error = failure;
            if (tries < RetryPolicy.Retries(route, deployment, error))
            {
                if (await WaitAsync(route, floor, deployment, tries++, error)) continue;
                return route.ClientLeft.IsCancellationRequested ? GatewayError.ClientLeft : error;
            }

            floor = deployment.Order + 1;
            if (DeploymentPicker.WaitForAnybody(route, floor, except: null, time.GetUtcNow()) is null) return error;
        }
    }

    private static async ValueTask<GatewayError?> RunAsync(CallRoute route, DeploymentSlot slot, RunAttempt attempt)
    {
        using (slot) return await attempt(route, slot.Deployment!, slot.Number);
    }

    /// <summary>Chooses somebody, and takes a place there; waits in line where all places are taken.</summary>
    private async ValueTask<DeploymentSlot> TakeAsync(CallRoute route, int floor)
    {
        var now = time.GetUtcNow();
        if (picker.Pick(route, floor, now, out var problem) is not { } deployment) return DeploymentSlot.Nobody(problem!);
        var most = MaxParallel(route, deployment);
        return deployment.State.Slots.TryTake(most) || await deployment.State.Slots.TakeAsync(most!.Value, route.Settings.ParallelWait, time, route.ClientLeft)
            ? DeploymentSlot.Of(deployment, route.Begin(deployment), now)
            : DeploymentSlot.Nobody(route.ClientLeft.IsCancellationRequested ? GatewayError.ClientLeft : Full(route));
    }

    /// <summary>Waits for the time of the next try. False where there will be none: the client left, or nobody can be asked soon enough.</summary>
    private async ValueTask<bool> WaitAsync(CallRoute route, int floor, Deployment failed, int retry, GatewayError error)
    {
        var now = time.GetUtcNow();
        var anotherIsHealthy = DeploymentPicker.WaitForAnybody(route, floor, except: failed, now) == TimeSpan.Zero;
        var wait = policy.WaitBefore(retry, error, anotherIsHealthy, route.Settings.ShortestWait);
        // Where everybody rests, the wait lasts until the first of them is back.
        if (DeploymentPicker.WaitForAnybody(route, floor, except: null, now) is { } rest && rest > wait) wait = rest;
        if (wait > RetryPolicy.LongestWait) return false;
        if (wait > TimeSpan.Zero) await Task.Delay(wait, time, route.ClientLeft).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return !route.ClientLeft.IsCancellationRequested;
    }

    private static int? MaxParallel(CallRoute route, Deployment deployment) => deployment.MaxParallel ?? route.Settings.MaxParallel;

    private static GatewayError Full(CallRoute route) => new(
        429,
        "throttling_error",
        $"No deployments available for selected model: all have as many calls as they may have at a time (max_parallel_requests). Passed model={route.Model}")
    {
        Origin = ErrorOrigin.Routing,
        RetryAfter = TimeSpan.FromSeconds(1),
    };
}
