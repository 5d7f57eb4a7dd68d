using ChatKit.Backend.Tests.Hosting;
using ChatKit.ServiceDefaults.Models;
using ChatKit.Testing.Upstream;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace ChatKit.Backend.Tests.Models;

/// <summary>Each person has a key of their own at the gateway, with a budget where one is set.</summary>
public sealed class PersonalKeyTests : IAsyncLifetime
{
    private readonly KeyStoreDialect _store = new();
    private readonly FakeTimeProvider _time = new(TimeProvider.System.GetUtcNow());
    private FakeUpstream _gateway = null!;

    public async Task InitializeAsync() => _gateway = await FakeUpstream.StartAsync(_store);

    public async Task DisposeAsync() => await _gateway.DisposeAsync();

    [Fact]
    public async Task Two_people_spend_under_two_keys_and_every_replica_makes_the_same()
    {
        await using var one = await StartAsync();
        await using var other = await StartAsync();
        await Task.WhenAll(one.NewThreadAsync(user: "alice"), other.NewThreadAsync(user: "alice"), one.NewThreadAsync(user: "bob"));
        await one.NewThreadAsync(user: "alice");

        Assert.Equal(["alice", "bob"], _store.Keys.Values.Select(key => key["user_id"]!.GetValue<string>()).Order());
        var calls = Chats().Select(call => (call.Headers[ModelEndpoint.PersonHeader], Key(call))).Distinct().Order().ToList();
        Assert.Equal(2, calls.Count);
        Assert.All(calls, call => Assert.Equal(call.Item1, _store.Keys[call.Item2]["user_id"]!.GetValue<string>()));
        Assert.All(calls, call => Assert.Matches("^sk-[A-Za-z0-9_-]{32}$", call.Item2));
        Assert.Null(_store.Keys.Values.First()["max_budget"]);
    }

    [Fact]
    public async Task A_budget_goes_with_the_key_and_is_changed_where_the_setting_is()
    {
        await using (var host = await StartAsync(("CHATKIT_USER_BUDGET", "2.50"), ("CHATKIT_USER_BUDGET_DURATION", "30d")))
            await host.NewThreadAsync(user: "alice");
        Assert.Equal((2.5m, "30d"), Budget());

        await using (var host = await StartAsync(("CHATKIT_USER_BUDGET", "4")))
            await host.NewThreadAsync(user: "alice");
        Assert.Equal((4m, null), Budget());

        (decimal?, string?) Budget()
        {
            var key = Assert.Single(_store.Keys.Values);
            return (key["max_budget"]?.GetValue<decimal>(), key["budget_duration"]?.GetValue<string>());
        }
    }

    [Fact]
    public async Task A_gateway_that_keeps_no_keys_is_called_with_the_shared_one_and_tried_again_later()
    {
        _store.Broken = 503;
        await using var host = await StartAsync();
        await host.NewThreadAsync(user: "alice");
        await host.NewThreadAsync(user: "alice");
        Assert.All(Chats(), call => Assert.Equal((GatewayDialect.Key, "alice"), (Key(call), call.Headers[ModelEndpoint.PersonHeader])));
        Assert.Single(host.Logs.At(LogLevel.Warning), line => line.Contains("no key of their own", StringComparison.Ordinal));

        _store.Broken = null;
        _time.Advance(TimeSpan.FromSeconds(31));
        await host.NewThreadAsync(user: "alice");

        Assert.Equal(Assert.Single(_store.Keys.Keys), Key(Chats()[^1]));
    }

    [Fact]
    public async Task A_budget_that_cannot_be_kept_is_no_budget_so_the_call_is_not_made()
    {
        _store.Broken = 503;
        await using var host = await StartAsync(("CHATKIT_USER_BUDGET", "1"));
        var events = await host.StreamAsync(Calls.Create("Hi"), user: "alice");

        Assert.Equal("error", events[^1].Type());
        Assert.Empty(Chats());
    }

    [Fact]
    public async Task A_key_that_was_deleted_at_the_gateway_is_made_again()
    {
        await using var host = await StartAsync();
        await host.NewThreadAsync(user: "alice");
        var key = Assert.Single(_store.Keys.Keys);
        _store.Keys.Clear();
        var failed = await host.StreamAsync(Calls.Create("Hi"), user: "alice");
        var healed = await host.StreamAsync(Calls.Create("Hi"), user: "alice");

        Assert.Equal(("error", "thread.item.done"), (failed[^1].Type(), healed[^1].Type()));
        Assert.Equal(key, Assert.Single(_store.Keys.Keys));
    }

    [Fact]
    public async Task No_key_stands_in_a_log_or_an_answer()
    {
        await using var host = await StartAsync();
        var events = await host.StreamAsync(Calls.Create("Hi"), user: "alice");
        var told = string.Concat(host.Logs.At(LogLevel.Trace)) + string.Concat(events.Select(one => one.GetRawText()));

        Assert.DoesNotContain(Assert.Single(_store.Keys.Keys), told, StringComparison.Ordinal);
        Assert.DoesNotContain(KeyStoreDialect.MasterKey, told, StringComparison.Ordinal);
    }

    private Task<BackendHost> StartAsync(params (string Name, string Value)[] settings) =>
        BackendHost.StartAsync(gateway: _gateway.ApiBase, time: _time, settings: [("LITELLM_MASTER_KEY", KeyStoreDialect.MasterKey), .. settings]);

    private List<ReceivedRequest> Chats() => [.. _gateway.Requests.Where(request => request.Path.EndsWith("/chat/completions", StringComparison.Ordinal))];

    private static string Key(ReceivedRequest request) => request.Headers["Authorization"]["Bearer ".Length..];
}
