using System.Globalization;
using ChatKit.Gateway.Model;
using ChatKit.Gateway.Tests.Hosting;
using ChatKit.Testing.Upstream;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace ChatKit.Gateway.Tests.Cache;

/// <summary>Calls through a gateway that keeps answers: when the provider is asked, and when nobody is.</summary>
public sealed class CachedCallTests
{
    [Fact]
    public async Task The_same_question_is_answered_the_same_and_nobody_is_asked()
    {
        await using var host = await CacheHost.StartAsync();

        var first = await host.ChatAsync();
        var second = await host.ChatAsync("\"user\":\"somebody else\"");

        Assert.Equal(first.Body, second.Body);
        Assert.Equal(1, host.Asked);
        Assert.Equal(first.Key, second.Key);
        Assert.StartsWith("default:", second.Key, StringComparison.Ordinal);
        Assert.Equal("0", second.Cost);
    }

    [Fact]
    public async Task An_answer_out_of_the_cache_is_told_of_and_costs_nothing()
    {
        await using var host = await CacheHost.StartAsync();
        var before = await HitsAsync(host);
        await host.ChatAsync();
        await host.ChatAsync();
        await host.ChatAsync("\"stream\":true");

        // A client may have its whole answer a moment before it is settled.
        for (var i = 0; i < 1000 && await HitsAsync(host) < before + 2; i++) await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System);
        Assert.Equal(before + 2, await HitsAsync(host));
    }

    [Fact]
    public async Task A_stream_is_given_again_as_it_came()
    {
        await using var host = await CacheHost.StartAsync();

        var first = await host.ChatAsync("\"stream\":true");
        var second = await host.ChatAsync("\"stream\":true");

        Assert.Equal(first.Body, second.Body);
        Assert.Equal("text/event-stream", second.MediaType);
        Assert.Equal(1, host.Asked);
    }

    [Fact]
    public async Task Usage_is_streamed_to_those_who_asked_for_it_and_to_no_others()
    {
        const string WithUsage = "\"stream\":true,\"stream_options\":{\"include_usage\":true}";
        await using var host = await CacheHost.StartAsync();

        var first = await host.ChatAsync(WithUsage);
        var without = await host.ChatAsync("\"stream\":true");

        Assert.Equal(1, host.Asked);
        Assert.Contains(first.Events, data => data.GetProperty("choices").GetArrayLength() == 0);
        Assert.DoesNotContain(without.Events, data => data.GetProperty("choices").GetArrayLength() == 0);
        Assert.EndsWith("data: [DONE]\n\n", without.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_stream_lacks_is_not_made_up()
    {
        await using var host = await CacheHost.StartAsync();

        await host.ChatAsync("\"stream\":true");
        await host.ChatAsync();

        Assert.Equal(2, host.Asked);
    }

    [Fact]
    public async Task A_stream_serves_who_wants_the_whole_and_the_reverse()
    {
        await using var host = await CacheHost.StartAsync();

        var stream = await host.ChatAsync("\"stream\":true,\"stream_options\":{\"include_usage\":true}");
        var whole = await host.ChatAsync();
        var other = await host.ChatAsync(question: "other");
        var otherStream = await host.ChatAsync("\"stream\":true", question: "other");

        Assert.Equal(2, host.Asked);
        Assert.Equal(stream.Said, whole.Said);
        Assert.Equal("chat.completion", whole.Json.GetProperty("object").GetString());
        Assert.Equal("stop", whole.Json.GetProperty("choices")[0].GetProperty("finish_reason").GetString());
        Assert.True(whole.Json.GetProperty("usage").GetProperty("total_tokens").GetInt32() > 0);
        Assert.Equal(other.Said, otherStream.Said);
        Assert.EndsWith("data: [DONE]\n\n", otherStream.Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"no-cache":true}""", 2, 2)]
    [InlineData("""{"no-store":true}""", 2, 3)]
    [InlineData("""{"ttl":0}""", 2, 3)]
    [InlineData("""{"namespace":"mine"}""", 1, 2)]
    public async Task A_request_says_what_it_wants_of_the_cache(string cache, int askedWithIt, int askedAfterwards)
    {
        await using var host = await CacheHost.StartAsync();

        await host.ChatAsync($"\"cache\":{cache}");
        await host.ChatAsync($"\"cache\":{cache}");
        Assert.Equal(askedWithIt, host.Asked);

        await host.ChatAsync();
        Assert.Equal(askedAfterwards, host.Asked);
    }

    [Fact]
    public async Task An_answer_may_be_too_old_for_a_request()
    {
        var time = new FakeTimeProvider();
        await using var host = await CacheHost.StartAsync(services: services => services.AddSingleton<TimeProvider>(time));
        await host.ChatAsync();
        time.Advance(TimeSpan.FromSeconds(30));

        await host.ChatAsync("\"cache\":{\"s-maxage\":31}");
        Assert.Equal(1, host.Asked);
        await host.ChatAsync("\"cache\":{\"s-maxage\":29}");
        Assert.Equal(2, host.Asked);
        time.Advance(TimeSpan.FromSeconds(601));
        await host.ChatAsync();
        Assert.Equal(3, host.Asked);
    }

    [Theory]
    [InlineData("no-cache", 2)]
    [InlineData("max-age=0, foo=\"bar\"", 2)]
    [InlineData("max-age=60", 1)]
    [InlineData("no-store", 2)]
    public async Task The_header_that_HTTP_has_for_it_counts_too(string header, int asked)
    {
        var time = new FakeTimeProvider();
        await using var host = await CacheHost.StartAsync(services: services => services.AddSingleton<TimeProvider>(time));
        const string Body = """{"model":"gpt","messages":[{"role":"user","content":"hi"}]}""";
        await host.PostAsync("/v1/chat/completions", Body, ("Cache-Control", header));
        time.Advance(TimeSpan.FromSeconds(1));

        await host.PostAsync("/v1/chat/completions", Body, ("Cache-Control", header));

        Assert.Equal(asked, host.Asked);
    }

    [Theory]
    [InlineData("[]", "cache")]
    [InlineData("""{"ttl":"x"}""", "cache.ttl")]
    [InlineData("""{"ttl":-1}""", "cache.ttl")]
    [InlineData("""{"no-cache":1}""", "cache.no-cache")]
    [InlineData("""{"namespace":"a b"}""", "cache.namespace")]
    [InlineData("""{"namespace":"\ud800"}""", "cache.namespace")]
    [InlineData("""{"nocache":true}""", "cache.nocache")]
    public async Task A_wish_that_makes_no_sense_is_refused(string cache, string param)
    {
        await using var host = await CacheHost.StartAsync();

        var told = await host.ChatAsync($"\"cache\":{cache}");

        Assert.Equal(400, told.Status);
        Assert.Equal(param, told.Json.GetProperty("error").GetProperty("param").GetString());
        Assert.Equal(0, host.Asked);
    }

    [Fact]
    public async Task Off_by_default_only_those_take_part_who_ask_for_it()
    {
        await using var host = await CacheHost.StartAsync(new CacheSettings { OnByDefault = false });

        await host.ChatAsync();
        await host.ChatAsync();
        Assert.Equal(2, host.Asked);
        await host.ChatAsync("\"cache\":{\"use-cache\":true}");
        await host.ChatAsync("\"cache\":{\"use-cache\":true}");
        Assert.Equal(3, host.Asked);
    }

    [Fact]
    public async Task Errors_and_broken_streams_are_not_kept()
    {
        await using var host = await CacheHost.StartAsync();
        host.Upstream.Then(OpenAiReplies.Error(500, "down", "server_error"), OpenAiReplies.BrokenStream(3, SseEnd.Close), OpenAiReplies.ErrorInStream(2));

        Assert.Equal(500, (await host.ChatAsync("\"stream\":true")).Status);
        await host.ChatAsync("\"stream\":true");
        await host.ChatAsync("\"stream\":true");
        var whole = await host.ChatAsync("\"stream\":true");
        var again = await host.ChatAsync("\"stream\":true");

        Assert.Equal(4, host.Asked);
        Assert.Equal(whole.Body, again.Body);
    }

    [Fact]
    public async Task An_answer_beyond_the_bound_is_given_and_not_kept()
    {
        await using var host = await CacheHost.StartAsync(new CacheSettings { MaxEntryBytes = 100 });

        var told = await host.ChatAsync();
        await host.ChatAsync();

        Assert.Equal(200, told.Status);
        Assert.Equal(2, host.Asked);
    }

    [Fact]
    public async Task An_answer_of_a_fallback_is_not_the_answer_of_the_group()
    {
        await using var upstream = await FakeUpstream.StartAsync();
        await using var broken = await FakeUpstream.StartAsync();
        broken.Then(OpenAiReplies.Error(400, "no", "invalid_request_error"));
        var settings = new GatewaySettings { MasterKey = new Secret(GatewayHost.MasterKey), Retries = 0, Cache = new CacheSettings() };
        await using var gateway = await GatewayHost.StartAsync(settings, GatewayHost.At(broken), GatewayHost.At(upstream, "d2") with { GroupName = "other" });
        const string Body = """{"model":"gpt","fallbacks":["other"],"messages":[{"role":"user","content":"hi"}]}""";

        using var first = await gateway.ChatAsync(Body);
        using var second = await gateway.ChatAsync(Body);

        Assert.True(first.IsSuccessStatusCode);
        Assert.Equal(2, broken.Requests.Count);
        Assert.Single(upstream.Requests);
    }

    [Fact]
    public async Task Without_a_cache_every_call_is_made_and_nothing_speaks_of_one()
    {
        await using var upstream = await FakeUpstream.StartAsync();
        await using var gateway = await GatewayHost.StartAsync(GatewayHost.At(upstream));
        const string Body = """{"model":"gpt","messages":[{"role":"user","content":"hi"}]}""";

        using var first = await gateway.ChatAsync(Body);
        using var second = await gateway.ChatAsync(Body);

        Assert.Equal(2, upstream.Requests.Count);
        Assert.False(second.Headers.Contains("x-litellm-cache-key"));
    }

    private static async Task<double> HitsAsync(CacheHost host)
    {
        var metrics = await host.Gateway.Client.GetStringAsync(new Uri("/metrics", UriKind.Relative));
        var lines = metrics.Split('\n').Where(line => line.StartsWith("litellm_cache_hits_metric_total{", StringComparison.Ordinal));
        return lines.Sum(line => double.Parse(line[(line.LastIndexOf(' ') + 1)..], CultureInfo.InvariantCulture));
    }
}
