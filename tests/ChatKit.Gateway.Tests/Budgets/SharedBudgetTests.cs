using ChatKit.Gateway.Budgets;
using ChatKit.Gateway.Model.Accounts;
using ChatKit.Testing.Databases;
using StackExchange.Redis;
using Xunit;

namespace ChatKit.Gateway.Tests.Budgets;

/// <summary>Three replicas that share a real Redis.</summary>
public sealed class SharedBudgetTests
{
    private const long Cent = BudgetReplica.Dollar / 100;

    private readonly string _id = Guid.NewGuid().ToString("N");

    [SkippableFact]
    public async Task Of_200_calls_at_three_replicas_as_many_go_on_as_the_budget_has_room_for()
    {
        await using var redis = await RedisServer.RequireOwnAsync();
        await using var fleet = await Fleet.StartAsync(redis);
        var (key, team) = (BudgetReplica.Key(max: 50 * Cent, id: _id), BudgetReplica.Of(AccountKind.Team, _id, max: 80 * Cent, duration: "1d"));

        var holds = await fleet.BurstAsync(200, Cent, key, team);
        Assert.Equal(50, holds.Count);

        Parallel.For(0, 50, call =>
        {
            fleet[call % 3].Gate.Charge([key, team], Cent, caller: null, TimeProvider.System.GetUtcNow().UtcDateTime);
            holds[call].Release();
        });
        Assert.Equal("500000000", await fleet.SpentAsync(key, "500000000"));
        Assert.Empty(await fleet.BurstAsync(30, Cent, key, team));
        Assert.Equal(30, (await fleet.BurstAsync(200, Cent, team)).Count);
    }

    [SkippableFact]
    public async Task At_the_end_exactly_what_was_charged_is_spent_and_nothing_is_reserved()
    {
        await using var redis = await RedisServer.RequireOwnAsync();
        await using var fleet = await Fleet.StartAsync(redis);
        var key = BudgetReplica.Key(max: 1000 * Cent, id: _id, duration: "30d");

        var costs = await Task.WhenAll(Enumerable.Range(0, 100).Select(call => Task.Run(async () =>
        {
            var (random, replica) = (new Random(call), fleet[call % 3]);
            var hold = (await replica.AskAsync(random.Next((int)Cent), key)).Hold!;
            var cost = random.Next((int)Cent);
            replica.Gate.Charge([key], cost, caller: null, TimeProvider.System.GetUtcNow().UtcDateTime);
            hold.Release();
            return (long)cost;
        })));

        Assert.Equal($"{costs.Sum()}", await fleet.SpentAsync(key, $"{costs.Sum()}"));
        Assert.Equal(["s"], await fleet.FieldsAsync(key, count: 1));
        Assert.All(fleet.Replicas, replica => Assert.Equal(0, replica.Of(key, TimeProvider.System.GetUtcNow().UtcDateTime).Reserved));
    }

    [SkippableFact]
    public async Task What_a_replica_knows_out_of_the_database_the_others_learn()
    {
        await using var redis = await RedisServer.RequireOwnAsync();
        await using var fleet = await Fleet.StartAsync(redis);
        var key = BudgetReplica.Key(max: 10 * Cent, id: _id);
        fleet[0].Book.Of(key.Id, key.Budgets[0].Period, TimeProvider.System.GetUtcNow().UtcDateTime).Learn(9 * Cent);

        Assert.Equal(Cent, (await fleet[0].AskAsync(5 * Cent, key)).Hold!.Amount);
        Assert.Contains("Current cost: 0.1, Max budget: 0.1", (await fleet[1].AskAsync(Cent, key)).Error!.Message, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task A_replica_that_was_killed_reserves_nothing()
    {
        await using var redis = await RedisServer.RequireOwnAsync();
        await using var fleet = await Fleet.StartAsync(redis);
        var key = BudgetReplica.Key(max: 10 * Cent, id: _id);
        Assert.NotNull((await fleet[0].AskAsync(10 * Cent, key)).Hold);
        Assert.NotNull((await fleet[1].AskAsync(Cent, key)).Error);

        await fleet[0].Redis.DisposeAsync();
        await fleet[1].Redis.UntilAsync(shared => shared.Count == 2);

        Assert.Equal(10 * Cent, (await fleet[1].AskAsync(10 * Cent, key)).Hold!.Amount);
    }

    [SkippableFact]
    public async Task Without_Redis_replicas_go_on_and_a_Redis_that_forgot_is_told()
    {
        await using var redis = await RedisServer.RequireOwnAsync();
        await using var fleet = await Fleet.StartAsync(redis);
        var key = BudgetReplica.Key(max: 100 * Cent, id: _id);
        var hold = (await fleet[0].AskAsync(20 * Cent, key)).Hold!;
        fleet[0].Gate.Charge([key], 30 * Cent, caller: null, TimeProvider.System.GetUtcNow().UtcDateTime);
        await fleet.SpentAsync(key, "300000000");

        await redis.KillAsync();
        foreach (var replica in fleet.Replicas) await replica.Redis.UntilAsync(shared => shared.Database is null);
        fleet[0].Gate.Charge([key], 5 * Cent, caller: null, TimeProvider.System.GetUtcNow().UtcDateTime);
        Assert.Equal((35 * Cent, 20 * Cent), fleet[0].Of(key, TimeProvider.System.GetUtcNow().UtcDateTime));
        Assert.Equal(45 * Cent, (await fleet[0].AskAsync(90 * Cent, key)).Hold!.Amount);

        await redis.StartAsync();
        foreach (var replica in fleet.Replicas) await replica.Redis.UntilAsync(shared => shared.Database is not null);
        await fleet[0].Redis.UntilAsync(shared => shared.Count == 3);
        Assert.NotNull((await fleet[0].AskAsync(Cent, key)).Error);
        hold.Release();
        await fleet.ReservedAsync(key, fleet[0], 45 * Cent);
        Assert.Equal(20 * Cent, (await fleet[0].AskAsync(90 * Cent, key)).Hold!.Amount);
        Assert.NotNull((await fleet[1].AskAsync(Cent, key)).Error);
    }

    private sealed class Fleet : IAsyncDisposable
    {
        private Fleet(BudgetReplica[] replicas) => Replicas = replicas;

        public BudgetReplica[] Replicas { get; }

        public BudgetReplica this[int replica] => Replicas[replica];

        public static async Task<Fleet> StartAsync(RedisServer redis)
        {
            var fleet = new Fleet([await BudgetReplica.StartAsync(redis), await BudgetReplica.StartAsync(redis), await BudgetReplica.StartAsync(redis)]);
            foreach (var replica in fleet.Replicas) await replica.Redis.UntilAsync(shared => shared.Count == 3);
            return fleet;
        }

        public async Task<IReadOnlyList<BudgetHold>> BurstAsync(int calls, long estimate, params Account[] accounts)
        {
            var verdicts = await Task.WhenAll(Enumerable.Range(0, calls).Select(call => Task.Run(() => Replicas[call % 3].AskAsync(estimate, accounts))));
            return [.. verdicts.Select(verdict => verdict.Hold).OfType<BudgetHold>()];
        }

        public async Task<string?> SpentAsync(Account account, string awaited) => (string?)await UntilAsync(async () => await Database.HashGetAsync(KeyOf(account), "s"), spent => spent == awaited);

        public async Task ReservedAsync(Account account, BudgetReplica replica, long awaited) =>
            await UntilAsync(async () => await Database.HashGetAsync(KeyOf(account), $"r:{replica.Redis.Shared.Replica}"), reserved => reserved == awaited);

        public async Task<string[]> FieldsAsync(Account account, int count) =>
            [.. (await UntilAsync(() => Database.HashKeysAsync(KeyOf(account)), fields => fields.Length == count)).Select(field => field.ToString())];

        public async ValueTask DisposeAsync()
        {
            foreach (var replica in Replicas) await replica.DisposeAsync();
        }

        private IDatabase Database => Replicas[1].Redis.Shared.Database!;

        /// <summary>What nobody waits for arrives a moment later.</summary>
        private static async Task<T> UntilAsync<T>(Func<Task<T>> ask, Func<T, bool> isSo)
        {
            for (var tries = 0; ; tries++)
            {
                var answer = await ask();
                if (isSo(answer) || tries > 600) return answer;
                await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
            }
        }

        private static RedisKey KeyOf(Account account) =>
            $"chatkit:budget:{account.Id}:{new DateTimeOffset(account.Budgets[0].Period.WindowAt(TimeProvider.System.GetUtcNow().UtcDateTime).Start).ToUnixTimeSeconds()}";
    }
}
