using System.Collections.Frozen;
using ChatKit.Gateway.Model;
using ChatKit.Gateway.Routing;
using ChatKit.Gateway.Tests.Hosting;
using ChatKit.Testing.Upstream;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace ChatKit.Gateway.Tests.Pipeline;

/// <summary>Each attempt says why it was made, and the answer how many of each kind it took.</summary>
public sealed class AttemptKindTests
{
    [Fact]
    public async Task A_try_in_the_group_that_was_asked_for_is_a_retry_and_one_elsewhere_a_fallback()
    {
        await using var upstream = await FakeUpstream.StartAsync();
        var facts = new SettledFacts();
        await using var gateway = await GatewayHost.StartAsync(
            services => services.AddSingleton<ISharedRoutingState>(facts),
            new GatewaySettings { MasterKey = new Secret(GatewayHost.MasterKey), Retries = 1, Continued = new[] { "other" }.ToFrozenSet() },
            GatewayHost.At(upstream, "d1"),
            GatewayHost.At(upstream, "d2") with { Order = 1 },
            GatewayHost.At(upstream, "o1") with { GroupName = "other", UpstreamModel = "first-other" },
            GatewayHost.At(upstream, "o2") with { GroupName = "other", UpstreamModel = "second-other", Order = 1 });
        var (broken, half) = (Replies.HtmlError(503), OpenAiReplies.BrokenStream(words: 2, SseEnd.Cut));
        upstream.Then(broken, broken, broken, broken, half, OpenAiReplies.Text(" three."));
        using var response = await gateway.ChatAsync(
            """{"model":"gpt","messages":[{"role":"user","content":"hi"}],"stream":true,"fallbacks":["other"]}""");
        var answer = await response.Content.ReadAsStringAsync();
        Assert.Equal(("3", "1"), (Header(response, "attempted-retries"), Header(response, "attempted-fallbacks")));
        Assert.Contains("data: [DONE]", answer, StringComparison.Ordinal);
        // After a fallback the answer bears the provider's name of the model: the first one's, whoever goes on.
        Assert.DoesNotContain("second-other", answer, StringComparison.Ordinal);
        Assert.Equal(
            ["1 First d1 UpstreamStatus", "2 Retry d1 UpstreamStatus", "3 Retry d2 UpstreamStatus", "4 Retry d2 UpstreamStatus", "5 Fallback o1 UpstreamTransport", "6 Continuation o2 answered"],
            await facts.TakeAsync(6));
    }

    private static string Header(HttpResponseMessage response, string name) => response.Headers.GetValues($"x-litellm-{name}").Single();
}
