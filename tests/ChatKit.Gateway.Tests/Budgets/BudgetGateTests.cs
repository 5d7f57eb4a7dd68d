using ChatKit.Gateway.Model;
using ChatKit.Gateway.Model.Accounts;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace ChatKit.Gateway.Tests.Budgets;

/// <summary>One replica, by itself.</summary>
public sealed class BudgetGateTests
{
    private const long Cent = BudgetReplica.Dollar / 100;

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 23, 10, 15, 42, TimeSpan.Zero));
    private readonly BudgetReplica _replica;

    public BudgetGateTests() => _replica = BudgetReplica.Alone(_time);

    private DateTime Now => _time.GetUtcNow().UtcDateTime;

    [Theory]
    [InlineData(100, 50)]
    [InlineData(150, 34)]
    public async Task Of_200_calls_at_the_same_moment_those_go_on_that_the_budget_has_room_for(int estimatedPercent, int expected)
    {
        var key = BudgetReplica.Key(max: 50 * Cent);

        var verdicts = await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => Task.Run(() => _replica.AskAsync(Cent * estimatedPercent / 100, key))));

        Assert.Equal(expected, verdicts.Count(verdict => verdict.Hold is not null));
        Assert.All(verdicts, verdict => Assert.True(verdict.Hold is not null ^ verdict.Error is { Status: 429, Type: "budget_exceeded" }));
    }

    /// <summary>An estimate is no reason to refuse a call that may well fit.</summary>
    [Fact]
    public async Task While_anything_is_left_one_more_call_may_take_it()
    {
        var key = BudgetReplica.Key(max: 10 * Cent);
        var hold = (await _replica.AskAsync(1000 * Cent, key)).Hold!;
        Assert.Equal(10 * Cent, hold.Amount);
        Assert.NotNull((await _replica.AskAsync(1, key)).Error);

        _replica.Gate.Charge([key], 2 * Cent, caller: null, Now);
        hold.Release();

        Assert.Equal(8 * Cent, (await _replica.AskAsync(1000 * Cent, key)).Hold!.Amount);
    }

    [Fact]
    public async Task A_call_of_unknown_price_reserves_nothing_and_is_charged_what_it_cost()
    {
        var key = BudgetReplica.Key(max: Cent);
        var hold = (await _replica.AskAsync(0, key)).Hold!;
        _replica.Gate.Charge([key], 3 * Cent, caller: null, Now);
        hold.Release();

        Assert.Equal((3 * Cent, 0), _replica.Of(key, Now));
        Assert.NotNull((await _replica.AskAsync(0, key)).Error);
    }

    [Fact]
    public async Task Who_may_spend_nothing_spends_nothing()
    {
        var error = (await _replica.AskAsync(0, BudgetReplica.Key(max: 0) with { Alias = "zero-budget-key" })).Error!;

        Assert.Equal("Budget has been exceeded! Key=zero-budget-key Current cost: 0.0, Max budget: 0.0", error.Message);
        Assert.Null(error.RetryAfter);
    }

    [Theory]
    [InlineData("Global", "", "Budget has been exceeded! Current cost: 2.0, Max budget: 1.0")]
    [InlineData("Key", "hash", "Budget has been exceeded! Key=hash Current cost: 2.0, Max budget: 1.0")]
    [InlineData("Team", "t1", "Budget has been exceeded! Team=t1 Current cost: 2.0, Max budget: 1.0")]
    [InlineData("TeamMember", "t1/u1", "Budget has been exceeded! User=u1 in Team=t1 Current cost: 2.0, Max budget: 1.0")]
    [InlineData("User", "u1", "Budget has been exceeded! User=u1 Current cost: 2.0, Max budget: 1.0")]
    [InlineData("Customer", "c1", "Budget has been exceeded! End User=c1 Current cost: 2.0, Max budget: 1.0")]
    [InlineData("Tag", "prod", "Budget has been exceeded! Tag=prod Current cost: 2.0, Max budget: 1.0")]
    [InlineData("KeyModel", "hash/openai/gpt-4o", "Budget has been exceeded! LiteLLM Virtual Key: hash, key_alias: None, exceeded budget for model=openai/gpt-4o Current cost: 2.0, Max budget: 1.0")]
    public async Task A_refusal_says_whose_budget_it_is(string kind, string id, string message)
    {
        var account = BudgetReplica.Of(Enum.Parse<AccountKind>(kind), id, max: BudgetReplica.Dollar, duration: "1d");
        _replica.Gate.Charge([account], 2 * BudgetReplica.Dollar, caller: null, Now);

        var error = (await _replica.AskAsync(1, account)).Error!;

        Assert.Equal((429, "budget_exceeded", message), (error.Status, error.Type, error.Message));
        Assert.Equal(new DateTime(2026, 11, 24, 0, 0, 0, DateTimeKind.Utc) - Now, error.RetryAfter);
    }

    [Fact]
    public async Task A_new_period_has_a_new_budget()
    {
        var key = BudgetReplica.Key(max: Cent, duration: "1d");
        _replica.Gate.Charge([key], Cent, caller: null, Now);
        Assert.NotNull((await _replica.AskAsync(1, key)).Error);

        _time.Advance(TimeSpan.FromHours(14));
        Assert.NotNull((await _replica.AskAsync(1, key)).Hold);
    }

    [Fact]
    public async Task Of_several_periods_each_counts()
    {
        var key = DayAndMonth();
        _replica.Gate.Charge([key], 5 * Cent, caller: null, Now);
        Assert.Contains("Max budget: 0.05", (await _replica.AskAsync(1, key)).Error!.Message, StringComparison.Ordinal);

        _time.Advance(TimeSpan.FromDays(1));
        Assert.Equal(Cent, (await _replica.AskAsync(5 * Cent, key)).Hold!.Amount);
        Assert.Contains("Max budget: 0.06", (await _replica.AskAsync(1, key)).Error!.Message, StringComparison.Ordinal);
    }

    /// <summary>On the first of a month, which is a new day too.</summary>
    [Fact]
    public async Task Periods_that_begin_at_the_same_moment_share_what_was_spent_since()
    {
        _time.SetUtcNow(new DateTimeOffset(2026, 12, 1, 8, 0, 0, TimeSpan.Zero));
        var key = DayAndMonth();
        var hold = (await _replica.AskAsync(Cent, key)).Hold!;
        _replica.Gate.Charge([key], 3 * Cent, caller: null, Now);
        hold.Release();

        Assert.Equal((3 * Cent, 0), _replica.Of(key, Now));
        _time.Advance(TimeSpan.FromDays(1));
        Assert.Equal(3 * Cent, (await _replica.AskAsync(5 * Cent, key)).Hold!.Amount);
    }

    [Fact]
    public async Task Who_is_refused_by_one_budget_has_reserved_nothing_of_the_others()
    {
        var (key, team) = (BudgetReplica.Key(max: 10 * Cent), BudgetReplica.Of(AccountKind.Team, "t", max: Cent));
        var hold = (await _replica.AskAsync(5 * Cent, key, team)).Hold!;
        Assert.Equal(Cent, hold.Amount);
        Assert.Equal((0, Cent), _replica.Of(key, Now));

        Assert.Contains("Team=t", (await _replica.AskAsync(5 * Cent, key, team)).Error!.Message, StringComparison.Ordinal);
        Assert.Equal((0, Cent), _replica.Of(key, Now));
        hold.Release();
        hold.Release();
        Assert.Equal((0, 0), _replica.Of(key, Now));
    }

    [Fact]
    public async Task A_soft_budget_refuses_nobody()
    {
        var key = BudgetReplica.Key(soft: Cent);
        _replica.Gate.Charge([key], 100 * Cent, caller: null, Now);

        Assert.Equal(default, await _replica.AskAsync(Cent, key));
    }

    [Fact]
    public async Task Who_wants_no_call_on_trust_gets_none_while_it_is_unknown_what_was_spent()
    {
        var replica = BudgetReplica.Alone(_time, new UnreachableDatabase());
        var key = BudgetReplica.Key(max: Cent);

        Assert.Equal(503, (await replica.Gate.ReserveAsync([key], 1, BudgetSettings.Default with { FailsClosed = true })).Error!.Status);
        Assert.NotNull((await replica.Gate.ReserveAsync([key], 1, BudgetSettings.Default)).Hold);
    }

    /// <summary>Retries, fallbacks, hedges, aborted streams: each attempt is charged once, some after their call is over.</summary>
    [Fact]
    public async Task After_any_interleaving_exactly_what_the_attempts_cost_is_spent_and_nothing_is_reserved()
    {
        for (var seed = 0; seed < 50; seed++)
        {
            var (key, team) = (BudgetReplica.Key(max: 1000 * Cent, duration: "1d", id: $"k{seed}"), BudgetReplica.Of(AccountKind.Team, $"t{seed}", max: 30 * Cent));
            var costs = await Task.WhenAll(Enumerable.Range(0, 40).Select(call => Task.Run(() => CallAsync(new Random((seed * 1000) + call), key, team))));

            Assert.Equal((costs.Sum(), 0), _replica.Of(key, Now));
            Assert.Equal((costs.Sum(), 0), _replica.Of(team, Now));
        }
    }

    [Fact]
    public async Task However_many_call_no_more_is_spent_than_the_budget()
    {
        var (key, admitted) = (BudgetReplica.Key(max: 50 * Cent), 0);
        await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => Task.Run(async () =>
        {
            if ((await _replica.AskAsync(Cent, key)).Hold is not { } hold) return;
            Interlocked.Increment(ref admitted);
            await Task.Yield();
            _replica.Gate.Charge([key], Cent, caller: null, Now);
            hold.Release();
        })));

        // While the last one is both charged and still reserved, one that would have fitted may be refused.
        Assert.InRange(admitted, 40, 50);
        Assert.Equal((admitted * Cent, 0), _replica.Of(key, Now));
    }

    private static Account DayAndMonth()
    {
        var key = BudgetReplica.Key(max: 5 * Cent, duration: "1d");
        return key with { Budgets = [.. key.Budgets, new Budget(6 * Cent, null, BudgetReplica.Period("30d"))] };
    }

    private async Task<long> CallAsync(Random random, params Account[] accounts)
    {
        if ((await _replica.AskAsync(random.Next((int)Cent), accounts)).Hold is not { } hold) return 0;
        var costs = Enumerable.Range(0, random.Next(4)).Select(_ => (long)random.Next((int)Cent)).ToArray();
        var late = random.Next(2) == 0;
        var settling = costs.Select(cost => late ? Task.Run(() => _replica.Gate.Charge(accounts, cost, caller: null, Now)) : ChargeNow(cost)).ToArray();
        hold.Release();
        await Task.WhenAll(settling);
        return costs.Sum();

        Task ChargeNow(long cost)
        {
            _replica.Gate.Charge(accounts, cost, caller: null, Now);
            return Task.CompletedTask;
        }
    }
}
