using ChatKit.Gateway.Model;
using ChatKit.Gateway.Providers;
using ChatKit.Gateway.Tests.Hosting;
using ChatKit.Testing.Upstream;
using Xunit;

namespace ChatKit.Gateway.Tests.Providers.OpenAiCompatible;

/// <summary>One list of cases, run against every vendor of the family, with a strict provider at the other end.</summary>
public sealed class EveryRowTests
{
    public static TheoryData<string> Rows() => [.. ProviderRows.All.Where(row => row.Dialect is ProviderDialect.OpenAi).Select(row => row.Name)];

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task Plain_streamed_and_refused_calls_go_through(string provider)
    {
        var row = ProviderRows.All.Single(row => row.Name == provider);
        await using var upstream = await FakeUpstream.StartAsync(new OpenAiDialect
        {
            KeyHeader = row.KeyHeader is KeyHeader.ApiKey ? "api-key" : "Authorization",
            RefusesUnknownMembers = false,
        });
        await using var gateway = await GatewayHost.StartAsync(GatewayHost.At(upstream) with { Provider = provider, KeyHeader = row.KeyHeader });

        using var plain = await gateway.ChatAsync("""{"model":"gpt","messages":[{"role":"developer","content":"be brief"},{"role":"user","content":"hi"}],"max_completion_tokens":9,"seed":1,"user":"u"}""");
        Assert.Equal(OpenAiReplies.Completion("Hello from the fake upstream.", "gpt"), await plain.Content.ReadAsStringAsync());
        using var streamed = await gateway.ChatAsync("""{"model":"gpt","messages":[{"role":"user","content":"hi"}],"stream":true}""");
        Assert.EndsWith("data: [DONE]\n\n", await streamed.Content.ReadAsStringAsync());
        upstream.Then(OpenAiReplies.RateLimited(3));
        using var refused = await gateway.ChatAsync("""{"model":"gpt","messages":[{"role":"user","content":"hi"}]}""");
        Assert.Equal(429, (await ErrorAnswer.ReadAsync(refused)).Status);
    }
}
