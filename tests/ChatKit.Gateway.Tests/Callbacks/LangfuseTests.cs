using System.Text;
using ChatKit.Gateway.Model;
using ChatKit.Gateway.Model.Callbacks;
using ChatKit.Gateway.Tests.Hosting;
using ChatKit.Testing.Otlp;
using ChatKit.Testing.Upstream;
using Xunit;

namespace ChatKit.Gateway.Tests.Callbacks;

public sealed class LangfuseTests
{
    [Fact]
    public async Task A_project_gets_the_span_of_each_attempt_with_its_user_session_and_cost()
    {
        await using var langfuse = await OtlpReceiver.StartAsync();
        await using var upstream = await FakeUpstream.StartAsync();
        var settings = new GatewaySettings
        {
            MasterKey = new Secret(GatewayHost.MasterKey),
            Callbacks = new CallbackSettings { Langfuse = new LangfuseSettings(new Uri(langfuse.Address), "pk-lf-1", new Secret("sk-lf-2")) },
        };
        await using (var gateway = await GatewayHost.StartAsync(settings, GatewayHost.At(upstream) with { UpstreamModel = "gpt-4o" }))
        {
            gateway.Client.DefaultRequestHeaders.Add("x-litellm-session-id", "session-7");
            using var response = await gateway.ChatAsync("""{"model":"gpt","user":"ada","messages":[{"role":"user","content":"hi"}]}""");
            await response.Content.ReadAsStringAsync();
        }

        await langfuse.WaitForAsync(static receiver => receiver.Spans.Any(Ours));
        var span = langfuse.Spans.First(Ours);
        Assert.Equal($"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes("pk-lf-1:sk-lf-2"))}", langfuse.Authorization);
        Assert.Equal("ada", span.Attributes["user.id"]);
        Assert.True((double)span.Attributes["gen_ai.usage.cost"]! > 0);
    }

    /// <summary>Sources of spans are the process's: what other tests do meanwhile arrives too.</summary>
    private static bool Ours(ReceivedSpan span) => span.Attributes.TryGetValue("session.id", out var session) && session is "session-7";
}
