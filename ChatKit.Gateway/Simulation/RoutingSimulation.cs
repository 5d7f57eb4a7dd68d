using System.Collections.Frozen;
using ChatKit.Gateway.Config;
using ChatKit.Gateway.Model;
using ChatKit.Gateway.Providers;
using ChatKit.Gateway.Routing;

namespace ChatKit.Gateway.Simulation;

/// <summary>
/// Replays the calls of a spend log through a candidate configuration: the real router, policies and state, over a clock that jumps from event to event. Nobody is
/// called, and nothing is opened but the files that are named.
/// </summary>
public static class RoutingSimulation
{
    /// <summary>Two runs of the same log come to the same.</summary>
    private const int Seed = 1;

    /// <param name="configuration">As for a gateway; <c>CONFIG_FILE_PATH</c> names the candidate. Keys need not be there.</param>
    /// <param name="log">JSON lines, a row of LiteLLM's spend log each.</param>
    /// <exception cref="GatewayConfigurationException">The configuration cannot be used; holds every problem.</exception>
    public static SimulationReport Run(IConfiguration configuration, TextReader log)
    {
        var loaded = new ConfigurationLoader(configuration, ProviderRows.All).Load();
        if (loaded.Snapshot is null) throw new GatewayConfigurationException(loaded.Report.Problems);
        var (logged, problems) = SpendLog.Read(log);
        return SimulationSummary.Of(Replay(Callable(loaded.Snapshot), logged), problems);
    }

    private static List<SimulatedCall> Replay(GatewaySnapshot snapshot, List<LoggedCall> logged)
    {
        var time = new VirtualTime(logged.Count == 0 ? DateTimeOffset.UnixEpoch : logged.Min(call => call.StartedAt));
        using var services = new ServiceCollection()
            .AddLogging()
            .AddModelRouting()
            .AddSingleton<TimeProvider>(time)
            .AddSingleton(new Random(Seed))
            .AddSingleton<ISharedRoutingState, UnsharedRoutingState>()
            .BuildServiceProvider();
        var (router, observer) = (services.GetRequiredService<Router>(), services.GetRequiredService<AttemptObserver>());
        var past = new PastBehaviour(logged);
        var calls = logged.Select(call => new SimulatedCall(call, snapshot, router, observer, past, time)).ToList();
        var running = new List<Task>();
        foreach (var call in calls) time.At(call.Logged.StartedAt, () => running.Add(call.RunAsync()));
        time.Run();
        Task.WhenAll(running).GetAwaiter().GetResult();
        return calls;
    }

    /// <summary>The candidate as it would be with every key in place: what is missing here is there where it will run.</summary>
    private static GatewaySnapshot Callable(GatewaySnapshot snapshot) => snapshot with
    {
        Groups = snapshot.Groups.ToFrozenDictionary(entry => entry.Key, entry => Callable(entry.Value)),
        WildcardGroups = [.. snapshot.WildcardGroups.Select(entry => entry with { Group = Callable(entry.Group) })],
        ById = snapshot.ById.ToFrozenDictionary(entry => entry.Key, entry => Callable(entry.Value)),
    };

    private static ModelGroup Callable(ModelGroup group) =>
        new(group.Name, [.. group.Deployments.Select(static deployment => deployment with { Unavailable = null })]) { Listed = group.Listed };
}
