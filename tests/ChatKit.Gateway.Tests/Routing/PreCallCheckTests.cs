using System.Text;
using ChatKit.Gateway.Errors;
using ChatKit.Gateway.Model;
using ChatKit.Gateway.Model.Facts;
using ChatKit.Gateway.Routing;
using ChatKit.Gateway.Wire;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace ChatKit.Gateway.Tests.Routing;

/// <summary>Who cannot take a call is not asked; where nobody can, the client hears why.</summary>
public sealed class PreCallCheckTests
{
    private const string Image = """[{"type":"image_url","image_url":{"url":"data:image/png;base64,AAAA"}}]""";

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 22, 10, 0, 20, TimeSpan.Zero));

    [Fact]
    public async Task A_long_input_goes_where_it_fits()
    {
        var body = Chat($"\"{string.Concat(Enumerable.Repeat("word ", 200))}\"");
        var small = Knowing("small", new ModelFacts { ContextWindow = 100 });
        Assert.Equal("large", await PickAsync(body, small, Knowing("large", new ModelFacts { ContextWindow = 1000 })));

        var (error, _) = await RouteAsync(body, small);
        Assert.Equal((400, "context_length_exceeded", "ContextWindowExceededError"), (error!.Status, error.Code, ErrorClass.Of(error)));
        Assert.Matches(@"^ContextWindowExceededError: Context Window exceeded for given call\. Passed model=g: the call has about 20\d tokens, it reads 100$", error.Message);
    }

    [Fact]
    public async Task An_input_that_surely_fits_is_not_counted()
    {
        // Not JSON at all: counting it would throw.
        Assert.Equal("a", await PickAsync("nonsense", Knowing("a", new ModelFacts { ContextWindow = 8 })));
    }

    [Theory]
    [InlineData(Image, true)]
    [InlineData("\"just text about an image_url\"", false)]
    public async Task Images_go_to_models_that_see(string content, bool needsEyes)
    {
        var blind = Knowing("blind", new ModelFacts { Vision = false });
        if (needsEyes) Assert.Equal("seeing", await PickAsync(Chat(content), blind, Knowing("seeing", new ModelFacts { Vision = true })));
        if (needsEyes) Assert.Equal("unknown", await PickAsync(Chat(content), blind, Routes.Deployment("unknown")));
        var (error, picked) = await RouteAsync(Chat(content), blind);
        Assert.Equal(needsEyes ? "No deployments available for selected model. Passed model=g: its model does not take images" : null, error?.Message);
        Assert.Equal(needsEyes ? null : "blind", picked);
    }

    [Fact]
    public async Task Tools_sound_and_documents_go_to_models_that_take_them()
    {
        var able = Knowing("able", new ModelFacts { Tools = true, Audio = true, Pdf = true });
        var plain = Knowing("plain", new ModelFacts { Tools = false, Audio = false, Pdf = false });
        Assert.Equal("able", await PickAsync("""{"messages":[{"role":"user","content":"x"}],"tools":[{"type":"function"}]}""", plain, able));
        Assert.Equal("able", await PickAsync(Chat("""[{"type":"input_audio","input_audio":{"data":"","format":"wav"}}]"""), plain, able));
        Assert.Equal("able", await PickAsync(Chat("""[{"type":"document","source":{"type":"base64","media_type":"application/pdf","data":""}}]"""), plain, able));
        Assert.Equal("plain", await PickAsync("""{"messages":[{"role":"user","content":"x"}],"tools":[]}""", plain, plain));
    }

    [Fact]
    public async Task A_full_minute_passes_a_deployment_over_and_says_when_it_ends()
    {
        var (requests, tokens) = (Routes.Deployment("requests") with { Rpm = 2 }, Routes.Deployment("tokens") with { Tpm = 100 });
        var now = _time.GetUtcNow();
        requests.State.Minute.Add(now, new MinuteUsage(2, 0, 2, 0));
        tokens.State.Minute.Add(now, new MinuteUsage(1, 95, 1, 0));
        Assert.Equal("free", await PickAsync(Chat("\"one two three four five\""), requests, tokens, Routes.Deployment("free")));

        var (error, _) = await RouteAsync(Chat("\"one two three four five\""), requests, tokens);
        Assert.Equal((429, TimeSpan.FromSeconds(40)), (error!.Status, error.RetryAfter));
        Assert.StartsWith("No deployments available for selected model, Try again in 40 seconds. Passed model=g.", error.Message);
        _time.Advance(TimeSpan.FromSeconds(40));
        Assert.NotNull(await PickAsync(Chat("\"x\""), requests, tokens));
    }

    [Fact]
    public async Task Calls_at_the_same_moment_do_not_overrun_a_limit()
    {
        var (limited, free) = (Routes.Deployment("limited") with { Rpm = 100, Order = 0 }, Routes.Deployment("free") with { Order = 1 });
        var picks = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
        {
            var picked = new List<string?>();
            for (var i = 0; i < 50; i++) picked.Add(await PickAsync(Chat("\"x\""), limited, free));
            return picked;
        })));
        Assert.Equal(100, picks.Sum(picked => picked.Count(id => id == "limited")));
        Assert.Equal(300, picks.Sum(picked => picked.Count(id => id == "free")));
        Assert.Equal(0, limited.State.InFlight);
    }

    [Fact]
    public async Task A_window_that_is_too_small_leads_to_the_fallback_for_it()
    {
        var body = Encoding.UTF8.GetBytes(Chat($"\"{string.Concat(Enumerable.Repeat("word ", 200))}\""));
        var small = Knowing("small", new ModelFacts { ContextWindow = 100 });
        var rules = new FallbackRules { ContextWindow = new FallbackMap(new Dictionary<string, IReadOnlyList<string>> { ["g"] = ["large"] }) };
        var snapshot = Routes.Snapshot(new RoutingSettings { ChecksBefore = true, Fallbacks = rules }, small, Knowing("large", new ModelFacts { ContextWindow = 1000 }) with { GroupName = "large" });
        var route = new CallRoute(snapshot, snapshot.Resolve("g")!, "g") { Body = body };
        string? picked = null;
        Assert.Null(await Routes.Router(_time).RouteAsync(route, (_, deployment, _) =>
        {
            picked = deployment.Id;
            return ValueTask.FromResult<GatewayError?>(null);
        }));
        Assert.Equal(("large", 1), (picked, route.Fallbacks));
    }

    [Fact]
    public async Task Without_the_switch_nothing_is_looked_at()
    {
        var (error, picked) = await RouteAsync(new RoutingSettings(), Chat(Image), Knowing("a", new ModelFacts { ContextWindow = 1, Vision = false }) with { Rpm = 0 });
        Assert.Equal((null, "a"), (error, picked));
    }

    [Theory]
    [InlineData("eu", "eu", true)]
    [InlineData("eu-west-1", "eu", true)]
    [InlineData("europe-west4", "EU", true)]
    [InlineData("swedencentral", "eu", true)]
    [InlineData("us-east-1", "eu", false)]
    [InlineData("eastus2", "us", true)]
    [InlineData("us-central1", "us", true)]
    [InlineData("uksouth", "eu", false)]
    [InlineData("uksouth", "uksouth", true)]
    [InlineData(null, "eu", false)]
    public async Task A_region_that_the_call_asks_for_is_kept_even_without_the_switch(string? region, string asked, bool fits)
    {
        var body = $$"""{"allowed_model_region":"{{asked}}","messages":[{"role":"user","content":"x"}]}""";
        var (error, picked) = await RouteAsync(new RoutingSettings(), body, Routes.Deployment("a") with { Region = region });
        Assert.Equal(fits, picked is not null);
        if (!fits) Assert.Equal($"No deployments available for selected model. Passed model=g: its region is {region ?? "not known"}, the call asks for {asked}", error!.Message);
    }

    [Fact]
    public async Task A_trace_says_what_did_not_fit()
    {
        var trace = new RouteTrace();
        await RouteAsync(new RoutingSettings { ChecksBefore = true }, Chat(Image), trace, Knowing("blind", new ModelFacts { Vision = false }), Routes.Deployment("b"));
        Assert.Contains(trace.Choices[0].Candidates, candidate => candidate.PassedOver == "its model does not take images");
    }

    private static string Chat(string content) => $$"""{"messages":[{"role":"user","content":{{content}}}]}""";

    private static Deployment Knowing(string id, ModelFacts facts) => Routes.Deployment(id) with { GivenFacts = facts };

    private async Task<string?> PickAsync(string body, params Deployment[] deployments)
    {
        var (error, picked) = await RouteAsync(body, deployments);
        Assert.Null(error);
        return picked;
    }

    private Task<(GatewayError? Error, string? Picked)> RouteAsync(string body, params Deployment[] deployments) => RouteAsync(new RoutingSettings { ChecksBefore = true }, body, deployments);

    private Task<(GatewayError? Error, string? Picked)> RouteAsync(RoutingSettings settings, string body, params Deployment[] deployments) => RouteAsync(settings, body, null, deployments);

    private async Task<(GatewayError? Error, string? Picked)> RouteAsync(RoutingSettings settings, string body, RouteTrace? trace, params Deployment[] deployments)
    {
        var bytes = Encoding.UTF8.GetBytes(body);
        CallEnvelopeReader.Read(bytes, new RequiredMember("messages", MemberShape.Messages), out var envelope);
        string? picked = null;
        var route = new CallRoute(Routes.Snapshot(settings), new ModelMatch(new ModelGroup("g", deployments), []), "g") { Envelope = envelope, Body = bytes, Retries = 0, Trace = trace };
        var error = await Routes.Router(_time).RouteAsync(route, (_, deployment, _) =>
        {
            picked = deployment.Id;
            return ValueTask.FromResult<GatewayError?>(null);
        });
        return (error, picked);
    }
}
