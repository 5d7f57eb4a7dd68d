using ChatKit.Gateway.Model.Accounts;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace ChatKit.Gateway.Tests.Limits;

/// <summary>One replica, by itself.</summary>
public sealed class LimitGateTests
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 23, 10, 15, 42, TimeSpan.Zero));
    private readonly LimitReplica _replica;

    public LimitGateTests() => _replica = LimitReplica.Alone(_time);

    [Fact]
    public async Task Of_calls_at_the_same_moment_exactly_as_many_as_the_limit_says_are_let_in()
    {
        Assert.Equal(100, (await _replica.BurstAsync(1000, LimitReplica.Key(requests: 100))).Count);
        Assert.Empty(await _replica.BurstAsync(10, LimitReplica.Key(requests: 100)));
    }

    [Fact]
    public async Task A_minute_begins_with_its_first_call_and_is_new_when_it_is_over()
    {
        var key = LimitReplica.Key(requests: 2);
        Assert.Equal(2, (await _replica.BurstAsync(5, key)).Count);

        _time.Advance(TimeSpan.FromSeconds(59));
        Assert.Empty(await _replica.BurstAsync(5, key));
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(2, (await _replica.BurstAsync(5, key)).Count);
    }

    [Fact]
    public async Task A_clock_that_is_put_back_locks_nobody_out()
    {
        var key = LimitReplica.Key(requests: 1);
        var minute = _replica.Counters.Of(key.Id).MinuteAt(_time.GetUtcNow().UtcDateTime + TimeSpan.FromHours(5));
        Assert.True(minute.TryTakeRequest(1));

        Assert.NotNull((await _replica.AskAsync(key)).Hold);
    }

    [Fact]
    public async Task A_refusal_says_whose_limit_it_is_and_when_to_come_again()
    {
        var key = LimitReplica.Key(requests: 1);
        await _replica.AskAsync(key);
        _time.Advance(TimeSpan.FromSeconds(18));

        var error = (await _replica.AskAsync(key)).Error!;

        Assert.Equal((429, "throttling_error"), (error.Status, error.Type));
        Assert.Equal("Rate limit exceeded for api_key: hash. Limit type: requests. Current limit: 1, Remaining: 0. Limit resets at: 2026-11-23 10:16:42 UTC", error.Message);
        Assert.Equal(TimeSpan.FromSeconds(42), error.RetryAfter);
        Assert.Equal([new("rate_limit_type", "requests"), new("reset_at", "2026-11-23 10:16:42 UTC")], error.Headers);
    }

    [Fact]
    public async Task Who_is_refused_by_one_account_has_taken_nothing_of_the_others()
    {
        var (key, team) = (LimitReplica.Key(requests: 10, tokens: 1000, parallel: 10), LimitReplica.Of(AccountKind.Team, "t", requests: 1));
        Assert.NotNull((await _replica.AskAsync(100, key, team)).Hold);

        Assert.Contains("for team: t.", (await _replica.AskAsync(100, key, team)).Error!.Message, StringComparison.Ordinal);

        var take = (await _replica.AskAsync(100, key)).Hold!.Takes[0];
        Assert.Equal((2, 200, 2), (take.Counted.Requests, take.Counted.Tokens, take.Counted.Parallel));
    }

    [Fact]
    public async Task Tokens_are_taken_by_estimate_and_settled_by_use()
    {
        var key = LimitReplica.Key(tokens: 1000);
        var hold = (await _replica.AskAsync(900, key)).Hold!;
        Assert.Equal(1000, (await _replica.AskAsync(500, key)).Hold!.Takes[0].Counted.Tokens);
        Assert.Equal("Limit type: tokens", (await _replica.AskAsync(1, key)).Error!.Message.Split(". ")[1]);

        hold.Use(30);
        hold.Use(20);
        hold.Release();

        Assert.Equal(150 + 500, (await _replica.AskAsync(500, key)).Hold!.Takes[0].Counted.Tokens);
    }

    [Fact]
    public async Task What_a_call_used_beyond_its_estimate_counts_in_the_minute_in_which_it_ends()
    {
        var key = LimitReplica.Key(tokens: 1000);
        var hold = (await _replica.AskAsync(100, key)).Hold!;
        _time.Advance(TimeSpan.FromMinutes(2));

        hold.Use(1100);
        hold.Release();

        Assert.NotNull((await _replica.AskAsync(1, key)).Error);
    }

    [Fact]
    public async Task What_was_not_used_of_a_minute_that_is_over_is_given_to_no_other()
    {
        var key = LimitReplica.Key(tokens: 1000);
        var hold = (await _replica.AskAsync(1000, key)).Hold!;
        _time.Advance(TimeSpan.FromMinutes(2));
        await _replica.AskAsync(1000, key);

        hold.Release();

        Assert.NotNull((await _replica.AskAsync(1, key)).Error);
    }

    [Fact]
    public async Task An_attempt_that_is_settled_after_the_end_counts_by_itself()
    {
        var key = LimitReplica.Key(tokens: 1000);
        var hold = (await _replica.AskAsync(100, key)).Hold!;
        hold.Use(50);
        hold.Release();
        hold.Release();
        hold.Use(300);

        Assert.Equal(351, (await _replica.AskAsync(1, key)).Hold!.Takes[0].Counted.Tokens);
    }

    [Fact]
    public async Task Places_are_free_again_at_the_end_of_a_call_and_not_before()
    {
        var key = LimitReplica.Key(parallel: 3);
        var holds = await _replica.BurstAsync(50, key);
        Assert.Equal(3, holds.Count);

        _time.Advance(TimeSpan.FromMinutes(5));
        _replica.Counters.Sweep(_time.GetUtcNow().UtcDateTime);
        var error = (await _replica.AskAsync(key)).Error!;
        Assert.Equal(new("rate_limit_type", "concurrent_requests"), error.Headers[0]);

        holds[0].Release();
        holds[0].Release();
        Assert.Single(await _replica.BurstAsync(50, key));
    }

    [Fact]
    public async Task Who_has_no_limits_takes_nothing()
    {
        Assert.Equal(default, await _replica.AskAsync(new Account(new AccountId(AccountKind.Key, "free"))));
        Assert.Empty(_replica.Counters.All);
    }

    [Fact]
    public async Task Who_has_stopped_calling_is_forgotten()
    {
        (await _replica.AskAsync(LimitReplica.Key(requests: 10, parallel: 1))).Hold!.Release();
        _time.Advance(TimeSpan.FromMinutes(3));

        _replica.Counters.Sweep(_time.GetUtcNow().UtcDateTime);

        Assert.Empty(_replica.Counters.All);
    }

    /// <summary>Whatever happens in whatever order: at the end nothing is under way, and the tokens are those that were used.</summary>
    [Fact]
    public async Task After_any_interleaving_the_minute_has_exactly_what_was_used()
    {
        for (var seed = 0; seed < 50; seed++)
        {
            var key = LimitReplica.Key(requests: 1000, tokens: 1_000_000, parallel: 100, id: $"k{seed}");
            var used = await Task.WhenAll(Enumerable.Range(0, 40).Select(call => Task.Run(() => CallAsync(key, new Random((seed * 1000) + call)))));

            var counter = _replica.Counters.Of(key.Id);
            var minute = counter.MinuteAt(_time.GetUtcNow().UtcDateTime);
            Assert.Equal((0, used.Sum()), (counter.Parallel, minute.Tokens));
        }
    }

    private async Task<long> CallAsync(Account key, Random random)
    {
        var hold = (await _replica.AskAsync(random.Next(100), key)).Hold!;
        var attempts = Enumerable.Range(0, random.Next(4)).Select(_ => random.Next(200)).ToArray();
        var late = random.Next(2) == 0;
        var settling = attempts.Select(tokens => late ? Task.Run(() => hold.Use(tokens)) : UseNow(tokens)).ToArray();
        hold.Release();
        await Task.WhenAll(settling);
        return attempts.Sum();

        Task UseNow(int tokens)
        {
            hold.Use(tokens);
            return Task.CompletedTask;
        }
    }
}
