using System.Collections.Concurrent;
using System.Collections.Frozen;
using ChatKit.Gateway.Model;
using ChatKit.Gateway.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Xunit;

namespace ChatKit.Gateway.Tests.Chaos;

/// <summary>
/// No call is dropped that any deployment could have answered: two thousand calls, plain and streamed, through groups in which seven of eight deployments fail. Who
/// is asked when differs from run to run; what the client and the ledger may see does not.
/// </summary>
public sealed class ChaosTests : IAsyncLifetime
{
    private const int Calls = 2000;
    private const int AtOnce = 64;

    private readonly SettlementLedger _ledger = new();
    private FaultyGroup[] _groups = null!;
    private GatewayHost _gateway = null!;

    public async Task InitializeAsync()
    {
        _groups =
        [
            // Every call meets the faults; streams that break off go on, slow ones are hedged.
            await FaultyGroup.StartAsync("with-net", cooldown: TimeSpan.Zero),
            // The usual rests, and no net.
            await FaultyGroup.StartAsync("without-net", cooldown: null),
        ];
        _gateway = await GatewayHost.StartAsync(
            services => services
                .AddSingleton<ILoggerProvider>(_ledger)
                .Configure<LoggerFilterOptions>(static log =>
                {
                    log.MinLevel = LogLevel.Error;
                    log.AddFilter("ChatKit.Gateway.Pipeline.AttemptSettlement", LogLevel.Debug);
                }),
            new GatewaySettings
            {
                MasterKey = new Secret(GatewayHost.MasterKey),
                Retries = 2,
                Hedging = new HedgingRules(new[] { "with-net" }.ToFrozenSet(), MaxPercent: 10),
                Continued = new[] { "with-net" }.ToFrozenSet(),
            },
            [.. _groups.SelectMany(group => group.Deployments)]);
    }

    public async Task DisposeAsync()
    {
        await _gateway.DisposeAsync();
        foreach (var group in _groups) await group.DisposeAsync();
    }

    [Fact]
    public async Task Whoever_can_be_answered_is_answered_once_and_every_attempt_is_settled()
    {
        var answered = new ConcurrentDictionary<ChaosCall, bool>();
        await Parallel.ForEachAsync(Script(), new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (call, _) => answered[call] = await call.RunAsync(_gateway));
        Assert.Equal(Calls, answered.Count);
        await AllIsSettledAsync();

        foreach (var (call, isAnswered) in answered)
        {
            var settlements = _ledger.Of(call.Id);
            Assert.Equal(Enumerable.Range(1, settlements.Count), settlements.Select(settlement => settlement.Number));
            if (call.Kind is not ChaosCallKind.Leaving) Assert.True(settlements.Count(settlement => settlement.IsAnswer) == (isAnswered ? 1 : 0), $"{call}: {string.Join(", ", settlements)}");
        }

        // Nothing of this proves anything unless the faults were met.
        Assert.InRange(answered.Count(pair => pair.Value), Calls * 2 / 3, Calls);
        var met = _ledger.All.Where(settlement => !settlement.IsAnswer).Select(settlement => settlement.Deployment).Distinct();
        Assert.Empty(_groups.SelectMany(group => group.Deployments).Select(deployment => deployment.Id).Where(id => !id.EndsWith("healthy", StringComparison.Ordinal)).Except(met));
        Assert.Superset(new HashSet<string> { "First", "Retry", "Continuation" }, _ledger.All.Select(settlement => settlement.Kind).ToHashSet());
    }

    /// <summary>The same calls in every run.</summary>
    private static IEnumerable<ChaosCall> Script() => Enumerable.Range(0, Calls).Select(number => new ChaosCall(
        number,
        number % 2 == 0 ? "with-net" : "without-net",
        (number / 2 % 20) switch
        {
            0 => ChaosCallKind.Refused,
            1 => ChaosCallKind.UnknownModel,
            2 => ChaosCallKind.Leaving,
            3 => ChaosCallKind.TwoChoices,
            var kind => kind % 2 == 0 ? ChaosCallKind.Plain : ChaosCallKind.Streamed,
        }));

    /// <summary>A client has its answer, or leaves, a moment before the attempt is settled; in the end nobody is on the way.</summary>
    private async Task AllIsSettledAsync()
    {
        var patience = TimeSpan.FromSeconds(30);
        var since = TimeProvider.System.GetTimestamp();
        var deployments = _groups.SelectMany(group => group.Deployments).ToList();
        while (deployments.Sum(deployment => deployment.State.InFlight) > 0 && TimeProvider.System.GetElapsedTime(since) < patience)
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
        Assert.All(deployments, deployment => Assert.Equal(0, deployment.State.InFlight));
    }
}
