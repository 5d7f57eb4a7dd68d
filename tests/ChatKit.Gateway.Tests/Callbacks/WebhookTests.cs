using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ChatKit.Gateway.Callbacks;
using ChatKit.Gateway.Errors;
using ChatKit.Gateway.Model;
using ChatKit.Gateway.Model.Callbacks;
using ChatKit.Gateway.Tests.Hosting;
using ChatKit.Testing.Webhooks;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace ChatKit.Gateway.Tests.Callbacks;

public sealed class WebhookTests : IAsyncLifetime
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 23, 10, 0, 0, TimeSpan.Zero));
    private readonly LogLines _logs = new();
    private WebhookReceiver _receiver = null!;

    public async Task InitializeAsync() => _receiver = await WebhookReceiver.StartAsync();

    public async Task DisposeAsync() => await _receiver.DisposeAsync();

    [Fact]
    public async Task What_comes_together_goes_out_together()
    {
        await using var sender = Sender();
        sender.Add(Settled("a", cost: 1_500_000));
        sender.Add(Settled("b", cost: null));

        using var sent = JsonDocument.Parse((await NextAsync()).Body);

        Assert.Equal(["a", "b"], sent.RootElement.EnumerateArray().Select(static one => one.GetProperty("id").GetString()));
        Assert.Equal(0.0015m, sent.RootElement[0].GetProperty("response_cost").GetDecimal());
        Assert.Equal(JsonValueKind.Null, sent.RootElement[1].GetProperty("response_cost").ValueKind);
    }

    [Fact]
    public async Task A_hundred_do_not_wait()
    {
        await using var sender = Sender();
        for (var i = 0; i < 100; i++) sender.Add(Settled($"c{i}"));

        using var sent = JsonDocument.Parse((await _receiver.NextAsync()).Body);

        Assert.Equal(100, sent.RootElement.GetArrayLength());
    }

    [Fact]
    public async Task Lines_are_an_object_each()
    {
        await using var sender = Sender(format: BatchFormat.Lines);
        sender.Add(Settled("a"));
        sender.Add(Settled("b"));

        var request = await NextAsync();

        Assert.Equal("application/x-ndjson", request.Headers["Content-Type"]);
        Assert.Equal(["a", "b"], request.Body.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(IdOf));
    }

    [Fact]
    public async Task Single_is_a_request_each()
    {
        await using var sender = Sender(format: BatchFormat.Single);
        sender.Add(Settled("a"));
        sender.Add(Settled("b"));

        Assert.Equal("a", IdOf((await NextAsync()).Body));
        Assert.Equal("b", IdOf((await NextAsync()).Body));
    }

    [Fact]
    public async Task A_failure_says_what_went_wrong()
    {
        await using var sender = Sender();
        sender.Add(Settled("a", new GatewayError(429, "throttling_error", "RateLimitError: openai: too fast") { Origin = ErrorOrigin.UpstreamStatus }));

        using var sent = JsonDocument.Parse((await NextAsync()).Body);

        var one = sent.RootElement[0];
        Assert.Equal("failure", one.GetProperty("status").GetString());
        Assert.Equal("429", one.GetProperty("error_information").GetProperty("error_code").GetString());
        Assert.Equal("RateLimitError", one.GetProperty("error_information").GetProperty("error_class").GetString());
    }

    [Fact]
    public async Task Who_asked_for_failures_hears_of_failures_alone()
    {
        await using var sender = Sender(successes: false);
        sender.Add(Settled("good"));
        sender.Add(Settled("bad", GatewayError.Unexpected));

        using var sent = JsonDocument.Parse((await NextAsync()).Body);

        Assert.Equal("bad", Assert.Single(sent.RootElement.EnumerateArray()).GetProperty("id").GetString());
    }

    /// <summary>Verified as https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md says.</summary>
    [Fact]
    public async Task A_request_is_signed()
    {
        var key = RandomNumberGenerator.GetBytes(24);
        await using var sender = Sender(secret: $"whsec_{Convert.ToBase64String(key)}");
        sender.Add(Settled("a"));

        var request = await NextAsync();

        var timestamp = request.Headers["webhook-timestamp"];
        var expected = HMACSHA256.HashData(key, Encoding.UTF8.GetBytes($"{request.Headers["webhook-id"]}.{timestamp}.{request.Body}"));
        Assert.Equal($"v1,{Convert.ToBase64String(expected)}", request.Headers["webhook-signature"]);
        Assert.InRange(long.Parse(timestamp, CultureInfo.InvariantCulture), 1_795_428_000, 1_795_428_600);
    }

    [Fact]
    public async Task What_was_not_taken_is_sent_again_under_the_same_id()
    {
        _receiver.Answers.Enqueue(503);
        _receiver.Answers.Enqueue(429);
        await using var sender = Sender(secret: "a secret");
        sender.Add(Settled("a"));

        ReceivedWebhook[] tries = [await NextAsync(), await NextAsync(), await NextAsync()];

        Assert.Single(tries.Select(static one => one.Headers["webhook-id"]).Distinct());
        Assert.Single(tries.Select(static one => one.Body).Distinct());
        Assert.Empty(_logs.All);
    }

    [Fact]
    public async Task What_is_refused_is_not_sent_again_and_the_next_goes_out()
    {
        _receiver.Answers.Enqueue(401);
        await using var sender = Sender();
        sender.Add(Settled("a"));
        Assert.Contains("\"a\"", (await NextAsync()).Body, StringComparison.Ordinal);

        sender.Add(Settled("b"));

        Assert.Contains("\"b\"", (await NextAsync()).Body, StringComparison.Ordinal);
        Assert.Contains("did not take 1 events after 1 tries: it answered 401", Assert.Single(_logs.All), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_endpoint_that_is_gone_costs_calls_nothing_and_says_so_once_per_batch()
    {
        var address = _receiver.Address;
        await _receiver.DisposeAsync();
        var sender = new WebhookSender(Settings(address), _time, _logs);
        for (var i = 0; i < 100; i++) sender.Add(Settled($"c{i}"));

        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (_logs.All.Count == 0)
        {
            _time.Advance(TimeSpan.FromSeconds(5));
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, patience.Token);
        }

        Assert.Contains("did not take 100 events after 6 tries", Assert.Single(_logs.All), StringComparison.Ordinal);
        await sender.DisposeAsync();
        _receiver = await WebhookReceiver.StartAsync();
    }

    [Fact]
    public async Task At_the_end_what_there_is_still_goes_out()
    {
        var sender = Sender();
        sender.Add(Settled("a"));
        await sender.DisposeAsync();

        Assert.Contains("\"a\"", (await _receiver.NextAsync()).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Configured_headers_are_sent()
    {
        await using var sender = Sender();
        sender.Add(Settled("a"));

        Assert.Equal("Bearer for the collector", (await NextAsync()).Headers["Authorization"]);
    }

    private Task<ReceivedWebhook> NextAsync() => _receiver.NextAsync(() => _time.Advance(TimeSpan.FromSeconds(1)));

    private WebhookSender Sender(BatchFormat format = BatchFormat.JsonArray, bool successes = true, string? secret = null) =>
        new(Settings(_receiver.Address) with { Format = format, Successes = successes, SigningSecret = secret is null ? null : new Secret(secret) }, _time, _logs);

    private static WebhookSettings Settings(Uri address) => new(
        "collector", address, [KeyValuePair.Create("Authorization", new Secret("Bearer for the collector"))], Successes: true, Failures: true, BatchFormat.JsonArray, SigningSecret: null);

    private static Settlement Settled(string id, GatewayError? error = null, long? cost = 0) => new()
    {
        Attempt = new Attempt
        {
            Deployment = GatewayHost.At("http://127.0.0.1:9/v1"),
            Number = 1,
            StartedAt = new DateTimeOffset(2026, 11, 23, 9, 59, 0, TimeSpan.Zero),
            Duration = TimeSpan.FromSeconds(2),
            Usage = new TokenUsage(10, 20),
            Error = error,
        },
        CallId = id,
        Operation = Operation.Chat,
        Caller = Caller.Master,
        EndUser = "somebody",
        Accounts = [],
        Tags = ["a tag"],
        Group = "gpt",
        ClientModel = "gpt",
        AskedGroup = "gpt",
        UpstreamModel = "gpt-4o-upstream",
        Cost = cost,
        IpAddress = null,
        SessionId = null,
    };

    private static string? IdOf(string json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.GetProperty("id").GetString();
    }
}
