using ChatKit.Gateway.Keys.Lookup;
using ChatKit.Gateway.Model;
using ChatKit.Gateway.Model.Accounts;
using Xunit;

namespace ChatKit.Gateway.Tests.Keys.Lookup;

/// <summary>What is asked of the database for keys, and what is not; over a table in memory and a clock that stands.</summary>
public sealed class KeyHoldersTests
{
    private readonly FakeKeyTable _table = new();

    [Fact]
    public async Task A_key_is_read_once_for_all_who_wait_for_it()
    {
        var hash = _table.Add("sk-a");
        var gate = new TaskCompletionSource();
        _table.Gate = gate.Task;
        var waiting = Enumerable.Range(0, 50).Select(_ => _table.FindAsync(hash)).ToList();
        gate.SetResult();

        Assert.All(await Task.WhenAll(waiting), name => Assert.Equal("sk-a", name));
        Assert.Equal("sk-a", await _table.FindAsync(hash));
        Assert.Equal([1], _table.Queries);
    }

    [Fact]
    public async Task A_flood_of_unknown_keys_makes_few_queries_and_pushes_out_nobody()
    {
        var known = _table.Add("sk-known");
        await _table.FindAsync(known);
        var flood = Enumerable.Range(0, 10_000).Select(i => KeyHash.Of($"sk-unknown-{i}")).ToList();

        // A database takes its time; one that answers at once would be asked for each key by itself.
        var answers = new TaskCompletionSource();
        _table.Gate = answers.Task;
        var asked = flood.Select(_table.FindAsync).ToList();
        answers.SetResult();
        Assert.All(await Task.WhenAll(asked), Assert.Null);
        var queries = _table.Queries.Count;
        Assert.All(await Task.WhenAll(flood.Select(_table.FindAsync)), Assert.Null);

        Assert.InRange(queries, 10_000 / LookupLimits.Batch, 100);
        Assert.Equal(queries, _table.Queries.Count);
        Assert.Equal("sk-known", await _table.FindAsync(known));
        Assert.Equal(queries, _table.Queries.Count);
        Assert.Equal(1, _table.Holders.Count);
    }

    [Fact]
    public async Task More_than_the_database_can_take_are_turned_away()
    {
        var gate = new TaskCompletionSource();
        _table.Gate = gate.Task;
        var flood = Enumerable.Range(0, LookupLimits.MostWaiting + 100).Select(i => _table.FindAsync(KeyHash.Of($"sk-{i}"))).ToList();
        gate.SetResult();

        var answers = await Task.WhenAll(flood);
        Assert.Equal(100, answers.Count(static answer => answer == "unavailable"));
        Assert.Equal(LookupLimits.MostWaiting, answers.Count(static answer => answer is null));
    }

    [Fact]
    public async Task A_key_in_use_is_read_again_before_it_is_old_and_its_calls_do_not_wait()
    {
        var hash = _table.Add("sk-a");
        await _table.FindAsync(hash);
        _table.Time.Advance(LookupLimits.UnheardLifetime * 0.8);
        _table.Gate = new TaskCompletionSource().Task;

        Assert.True(_table.IsAtOnce(hash));
        await _table.SettleAsync(queries: 2);
        Assert.Equal([1, 1], _table.Queries);
    }

    [Fact]
    public async Task What_is_old_is_read_before_it_counts()
    {
        var hash = _table.Add("sk-a");
        await _table.FindAsync(hash);
        _table.Rows.Clear();
        _table.Time.Advance(LookupLimits.UnheardLifetime);

        Assert.Null(await _table.FindAsync(hash));
    }

    [Fact]
    public async Task With_the_database_down_known_keys_are_served_however_old_and_nobody_can_tell_about_others()
    {
        var hash = _table.Add("sk-a");
        await _table.FindAsync(hash);
        _table.IsDown = true;
        _table.Time.Advance(TimeSpan.FromHours(10));

        Assert.Equal("sk-a", await _table.FindAsync(hash));
        Assert.Equal("unavailable", await _table.FindAsync(KeyHash.Of("sk-other")));
        var queries = _table.Queries.Count;
        for (var i = 0; i < 100; i++) Assert.Equal("unavailable", await _table.FindAsync(KeyHash.Of($"sk-{i}")));
        for (var i = 0; i < 100; i++) Assert.True(_table.IsAtOnce(hash));
        Assert.Equal(queries, _table.Queries.Count);
        Assert.Single(_table.Logs.ToString()!.Split('\n'), static line => line.Contains("cannot be reached", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_database_is_asked_again_after_a_second_and_what_it_says_counts()
    {
        var hash = _table.Add("sk-a");
        await _table.FindAsync(hash);
        _table.IsDown = true;
        _table.Time.Advance(TimeSpan.FromHours(10));
        await _table.FindAsync(hash);
        _table.IsDown = false;
        _table.Rows.Clear();
        _table.Time.Advance(LookupLimits.RestAfterFailure);
        var queries = _table.Queries.Count;

        Assert.Equal("sk-a", await _table.FindAsync(hash));
        await _table.SettleAsync(queries + 1);

        Assert.Null(await _table.FindAsync(hash));
        Assert.Contains("answers again", _table.Logs.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_database_that_hangs_holds_up_a_known_key_for_a_moment_only()
    {
        var hash = _table.Add("sk-a");
        await _table.FindAsync(hash);
        _table.Gate = new TaskCompletionSource().Task;
        _table.Time.Advance(TimeSpan.FromHours(10));

        var first = _table.FindAsync(hash);
        await _table.SettleAsync(queries: 2);
        _table.Time.Advance(LookupLimits.Patience);
        Assert.Equal("sk-a", await first);
        Assert.True(_table.IsAtOnce(hash));
    }

    [Fact]
    public async Task A_change_counts_at_once_even_for_what_is_being_read_at_that_moment()
    {
        var hash = _table.Add("sk-a");
        var gate = new TaskCompletionSource();
        _table.Gate = gate.Task;
        var reading = _table.FindAsync(hash);
        await _table.SettleAsync(queries: 1);

        _table.Rows.Clear();
        _table.Changes.Announce(new AccountId(AccountKind.Key, hash.ToString()));
        gate.SetResult();

        Assert.Null(await reading);
        Assert.Null(await _table.FindAsync(hash));
    }

    [Fact]
    public async Task A_changed_key_is_not_served_as_it_was_even_with_the_database_down()
    {
        var hash = _table.Add("sk-a");
        await _table.FindAsync(hash);
        _table.IsDown = true;
        _table.Changes.Hear(new AccountId(AccountKind.Key, hash.ToString()));

        Assert.Equal("unavailable", await _table.FindAsync(hash));
    }

    [Theory]
    [InlineData("User", "u1", "a")]
    [InlineData("Team", "t1", "b")]
    [InlineData("TeamMember", "t2/u2", "c")]
    [InlineData("Customer", "u1", "")]
    public async Task A_change_of_user_team_or_membership_reaches_the_keys_behind_it(string kind, string id, string changed)
    {
        _table.Add("a", static caller => caller with { UserId = "u1" });
        _table.Add("b", static caller => caller with { TeamId = "t1", UserId = "u9" });
        _table.Add("c", static caller => caller with { TeamId = "t2", UserId = "u2" });
        foreach (var key in (string[])["a", "b", "c"]) await _table.FindAsync(KeyHash.Of(key));
        _table.Rows.Clear();

        _table.Changes.Announce(new AccountId(Enum.Parse<AccountKind>(kind), id));

        foreach (var key in (string[])["a", "b", "c"]) Assert.Equal(key == changed ? null : key, await _table.FindAsync(KeyHash.Of(key)));
    }

    [Fact]
    public async Task Where_news_may_have_been_lost_everything_is_read_again()
    {
        var hash = _table.Add("sk-a");
        await _table.FindAsync(hash);
        _table.Time.Advance(TimeSpan.FromMilliseconds(1));
        _table.Changes.Miss();
        _table.Rows.Clear();
        _table.Time.Advance(TimeSpan.FromMilliseconds(1));

        Assert.Null(await _table.FindAsync(hash));
    }

    [Fact]
    public async Task No_more_keys_are_held_than_configured()
    {
        var table = new FakeKeyTable(KeySettings.Default with { CacheSize = 10 });
        foreach (var hash in Enumerable.Range(0, 100).Select(i => table.Add($"sk-{i}")).ToList()) Assert.NotNull(await table.FindAsync(hash));
        Assert.Equal(10, table.Holders.Count);
    }

    [Fact]
    public async Task Without_a_database_nobody_holds_a_key()
    {
        var found = await KeyGates.WithoutDatabase().FindAsync(KeyHash.Of("sk-a"));
        Assert.Equal((null, false), (found.Found, found.IsUnavailable));
    }
}
