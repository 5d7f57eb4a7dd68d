using ChatKit.Gateway.Budgets.Alerts;
using ChatKit.Gateway.Model;
using ChatKit.Gateway.Model.Accounts;
using ChatKit.Gateway.Wire.LiteLlm;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using System.Collections.Concurrent;
using Xunit;

namespace ChatKit.Gateway.Tests.Budgets;

/// <summary>Who is told when a budget comes to its end, and what.</summary>
public sealed class AlertTests
{
    private const long Dollar = BudgetReplica.Dollar;

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 16, 0, 0, 0, TimeSpan.Zero));
    private readonly BudgetReplica _replica;

    public AlertTests() => _replica = BudgetReplica.Alone(_time, snapshot: Told(new Uri("http://127.0.0.1:1/"), null));

    [Fact]
    public void Each_mark_is_told_of_once_in_a_period()
    {
        var key = BudgetReplica.Key(max: 100 * Dollar, soft: 50 * Dollar, duration: "30d");
        for (var spent = 0; spent < 120; spent++) _replica.Gate.Charge([key], Dollar, caller: null, _time.GetUtcNow().UtcDateTime);
        Assert.Equal(["soft_budget_crossed 50", "threshold_crossed 85", "threshold_crossed 95", "budget_crossed 100"], Taken());

        _time.Advance(TimeSpan.FromDays(20));
        _replica.Gate.Charge([key], 90 * Dollar, caller: null, _time.GetUtcNow().UtcDateTime);
        Assert.Equal(["soft_budget_crossed 90", "threshold_crossed 90"], Taken());
        _replica.Gate.Charge([key], 50 * Dollar, caller: null, _time.GetUtcNow().UtcDateTime);
        Assert.Equal(["budget_crossed 140"], Taken());
    }

    [Fact]
    public void Where_nobody_wants_to_know_nothing_is_kept()
    {
        _replica.Snapshots.Swap(BudgetReplica.Nothing);
        _replica.Gate.Charge([BudgetReplica.Key(max: Dollar)], 2 * Dollar, caller: null, _time.GetUtcNow().UtcDateTime);

        Assert.Empty(Taken());
    }

    [Fact]
    public void An_event_says_what_LiteLLMs_does()
    {
        _time.Advance(TimeSpan.FromDays(6));
        var team = BudgetReplica.Of(AccountKind.Team, "t1", max: 60 * Dollar, soft: 40 * Dollar, duration: "30d") with { Alias = "Research" };
        var caller = new Caller("user:u1", Role.InternalUser) { KeyHash = "88dc", KeyAlias = "ci", UserId = "u1", UserEmail = "u1@example.com", TeamId = "t1" };

        _replica.Gate.Charge([team], 44 * Dollar, caller, _time.GetUtcNow().UtcDateTime);

        Assert.True(_replica.Alerts.News.TryRead(out var news));
        Assert.Equal(
            new BudgetEventWire
            {
                Spend = 44,
                MaxBudget = 60,
                SoftBudget = 40,
                Token = "88dc",
                CustomerId = null,
                UserId = "u1",
                TeamId = "t1",
                TeamAlias = "Research",
                OrganizationId = null,
                UserEmail = "u1@example.com",
                KeyAlias = "ci",
                // On day 21 of 30.
                ProjectedSpend = 62.857142857m,
                ProjectedExceededDate = "2026-11-29",
                Event = "soft_budget_crossed",
                EventGroup = "team",
                EventMessage = "Team Research Budget: Soft Budget Crossed",
            },
            news);
        Assert.Equal("Team Research Budget: Soft Budget Crossed. Spent: $44.00. Budget: $60.00, soft: $40.00.", BudgetEvent.Line(news!));
    }

    [Fact]
    public async Task News_are_posted_again_until_they_arrive_and_a_chat_gets_a_line()
    {
        var posted = new ConcurrentQueue<(string Path, string Body)>();
        await using var receiver = await ReceiverAsync(posted, refusals: 2);
        var address = receiver.Urls.First();
        _replica.Snapshots.Swap(Told(new Uri($"{address}/webhook"), new Uri($"{address}/chat")));
        using var transport = new AlertTransport();
        using var delivery = new AlertDelivery(_replica.Alerts, _replica.Snapshots, transport, new ImpatientClock(), NullLogger<AlertDelivery>.Instance);
        await delivery.StartAsync(CancellationToken.None);

        _replica.Gate.Charge([BudgetReplica.Key(max: Dollar)], Dollar, caller: null, _time.GetUtcNow().UtcDateTime);
        for (var tries = 0; posted.Count < 4 && tries < 600; tries++) await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
        await delivery.StopAsync(CancellationToken.None);

        var all = posted.ToArray();
        Assert.Equal(["/webhook", "/webhook", "/webhook", "/chat"], all.Select(post => post.Path));
        Assert.Equal(
            """{"spend":1,"max_budget":1,"soft_budget":null,"token":"hash","customer_id":null,"user_id":null,"team_id":null,"team_alias":null,"organization_id":null,"user_email":null,"key_alias":null,"projected_exceeded_date":null,"projected_spend":null,"event":"budget_crossed","event_group":"key","event_message":"Key Budget: Budget Crossed"}""",
            all[2].Body);
        Assert.Equal("""{"text":"Key Budget: Budget Crossed. Spent: $1.00. Budget: $1.00, soft: none."}""", all[3].Body);
    }

    private List<string> Taken()
    {
        var taken = new List<string>();
        while (_replica.Alerts.News.TryRead(out var news)) taken.Add($"{news.Event} {news.Spend}");
        return taken;
    }

    private static GatewaySnapshot Told(Uri? webhook, Uri? chat) =>
        BudgetReplica.Nothing with { Settings = new GatewaySettings { Budgets = BudgetSettings.Default with { Alerts = new AlertSettings(webhook, chat) } } };

    private static async Task<WebApplication> ReceiverAsync(ConcurrentQueue<(string, string)> posted, int refusals)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.Run(async http =>
        {
            using var body = new StreamReader(http.Request.Body);
            posted.Enqueue((http.Request.Path, await body.ReadToEndAsync()));
            http.Response.StatusCode = posted.Count <= refusals ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status204NoContent;
        });
        await app.StartAsync();
        return app;
    }

    /// <summary>Waits that are over at once, and limits that are not.</summary>
    private sealed class ImpatientClock : TimeProvider
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            base.CreateTimer(callback, state, AlertDelivery.Waits.Contains(dueTime) ? TimeSpan.Zero : TimeSpan.FromMinutes(1), period);
    }
}
