using System.Runtime.CompilerServices;
using ChatKit.Gateway.Errors;
using ChatKit.Gateway.Model;

namespace ChatKit.Gateway.Routing;

/// <summary>
/// Stage 7: which deployment, whether again, and which group next. The deployments of the lowest order get all their tries first, then those of the next;
/// within an order, a retry goes to a deployment that was not tried yet while there is one.
/// </summary>
internal sealed partial class Router(DeploymentPicker picker, RetryPolicy policy, TimeProvider time, ILogger<Router> logger)
{
    /// <param name="route">The call; it has not been anywhere yet.</param>
    /// <param name="attempt">Runs one attempt.</param>
    /// <returns>Null once an attempt succeeded, else what to tell the client.</returns>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<GatewayError?> RouteAsync(CallRoute route, RunAttempt attempt)
    {
        var first = route.Envelope.Routing is { TestFallbacks: true } ? TestFailure(route) : await TryGroupAsync(route, attempt);
        if (first is null || FallbackPolicy.After(first, route) is not { Count: > 0 } fallbacks) return first;
        return await TryFallbacksAsync(route, attempt, first, fallbacks);
    }

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
            {
                if (!another.State.Slots.TryTake(MaxParallel(route, another))) return DeploymentSlot.Nobody(Full(route));
                if (TryCount(route, another, now)) return DeploymentSlot.Of(another, route.Begin(another));
                continue;
            }

            // All of this order were tried: the next.
            floor = another.Order + 1;
        }
    }

    /// <summary>One group after the other. A group that fails may name others, which come before the rest of the list.</summary>
    private async ValueTask<GatewayError?> TryFallbacksAsync(CallRoute route, RunAttempt attempt, GatewayError first, IReadOnlyList<string> fallbacks)
    {
        var (model, been) = (route.Model, new HashSet<(ModelGroup, string)> { (route.Match.Group, route.Model) });
        var (waiting, tried, failures) = (new List<string>(fallbacks), new List<string>(), new List<string>());
        while (waiting.Count > 0 && route.Fallbacks < route.Settings.Fallbacks.Most)
        {
            var name = waiting[0];
            waiting.RemoveAt(0);
            if (route.Snapshot.Resolve(name) is not { } match)
            {
                tried.Add(name);
                failures.Add($"{name}: no such model");
                continue;
            }

            if (!route.MayEnter(match, name))
            {
                tried.Add(name);
                failures.Add($"{name}: not allowed to access model");
                continue;
            }

            if (!been.Add((match.Group, name))) continue;
            Log.FallingBack(logger, route.Model, name);
            route.Enter(match, name);
            var error = await TryGroupAsync(route, attempt);
            if (error is null || !FallbackPolicy.MayFollow(error)) return error;
            tried.Add(name);
            failures.Add($"{name}: {error.Message}");
            waiting.InsertRange(0, FallbackPolicy.After(error, route));
        }

        return FallbackPolicy.AllFailed(first, model, tried, failures);
    }

    // Awaited once on every call, so that what it takes is worth keeping for the next.
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
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

            GatewayError? failure;
            using (slot) failure = await attempt(route, deployment, slot.Number);
            if (failure is null || !FallbackPolicy.MayFollow(failure)) return failure;
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

    /// <summary>Chooses somebody, and takes a place there; waits in line where all places are taken.</summary>
    private async ValueTask<DeploymentSlot> TakeAsync(CallRoute route, int floor)
    {
        while (true)
        {
            var now = time.GetUtcNow();
            if (picker.Pick(route, floor, now, out var problem) is not { } deployment) return DeploymentSlot.Nobody(problem!);
            var most = MaxParallel(route, deployment);
            if (!deployment.State.Slots.TryTake(most) && !await deployment.State.Slots.TakeAsync(most!.Value, route.Settings.ParallelWait, time, route.ClientLeft))
                return DeploymentSlot.Nobody(route.ClientLeft.IsCancellationRequested ? GatewayError.ClientLeft : Full(route));
            if (TryCount(route, deployment, now)) return DeploymentSlot.Of(deployment, route.Begin(deployment));
        }
    }

    /// <summary>Counts the request. False where others filled the minute meanwhile: then the place is given back, and somebody else chosen.</summary>
    private static bool TryCount(CallRoute route, Deployment deployment, DateTimeOffset now)
    {
        if (deployment.State.Minute.TryBegin(now, route.Settings.KeepsLimits ? deployment.Rpm : null)) return true;
        deployment.State.Slots.Release();
        return false;
    }

    /// <summary>Waits for the time of the next try. False where there will be none: the client left, or nobody can be asked soon enough.</summary>
    private async ValueTask<bool> WaitAsync(CallRoute route, int floor, Deployment failed, int retry, GatewayError error)
    {
        var now = time.GetUtcNow();
        if (error.Status is 429 && !IsAnybodyHealthy(route, floor, now) && FallbackPolicy.After(error, route).Count > 0) return false;
        var anotherIsHealthy = DeploymentPicker.WaitForAnybody(route, floor, except: failed, now) == TimeSpan.Zero;
        var wait = policy.WaitBefore(retry, error, anotherIsHealthy, route.Settings.ShortestWait);
        // Where everybody rests, the wait lasts until the first of them is back.
        if (DeploymentPicker.WaitForAnybody(route, floor, except: null, now) is { } rest && rest > wait) wait = rest;
        if (wait > RetryPolicy.LongestWait) return false;
        if (wait > TimeSpan.Zero) await Task.Delay(wait, time, route.ClientLeft).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return !route.ClientLeft.IsCancellationRequested;
    }

    private static bool IsAnybodyHealthy(CallRoute route, int floor, DateTimeOffset now) => DeploymentPicker.WaitForAnybody(route, floor, except: null, now) == TimeSpan.Zero;

    private static GatewayError TestFailure(CallRoute route) =>
        new(500, "internal_server_error", $"InternalServerError: This is a mock exception for model={route.Model}, to trigger a fallback.") { Origin = ErrorOrigin.Routing };

    private static int? MaxParallel(CallRoute route, Deployment deployment) => deployment.MaxParallel ?? route.Settings.MaxParallel;

    private static GatewayError Full(CallRoute route) => new(
        429,
        "throttling_error",
        $"No deployments available for selected model: all have as many calls as they may have at a time (max_parallel_requests). Passed model={route.Model}")
    {
        Origin = ErrorOrigin.Routing,
        RetryAfter = TimeSpan.FromSeconds(1),
    };

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "{Model} failed; falling back to {Next}")]
        public static partial void FallingBack(ILogger logger, string model, string next);
    }
}
