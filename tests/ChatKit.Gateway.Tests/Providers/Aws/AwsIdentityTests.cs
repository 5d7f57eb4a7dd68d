using System.Net;
using ChatKit.Gateway.Model;
using ChatKit.Gateway.Tests.Hosting;
using ChatKit.Testing.Upstream;
using Xunit;

namespace ChatKit.Gateway.Tests.Providers.Aws;

/// <summary>The ways in which a deployment proves who it is to AWS.</summary>
public sealed class AwsIdentityTests : GatewayTest
{
    private protected override UpstreamDialect Dialect => new BedrockDialect();

    private protected override IEnumerable<Deployment> Deployments()
    {
        var signed = new Conformance.BedrockSubject().At(Upstream);
        var identity = (AwsIdentity)signed.Identity!;
        return
        [
            signed with { GroupName = "lent", Identity = identity with { SessionToken = new Secret("lent-token-0123456789") } },
            signed with { GroupName = "bearer", Identity = null, ApiKey = new Secret(BedrockDialect.Key) },
            signed with { GroupName = "wrong", Identity = identity with { SecretAccessKey = new Secret("not-the-secret-0123456789") } },
            signed with { GroupName = "elsewhere", Identity = identity with { Region = "us-east-1" } },
            signed with { GroupName = "profile", Identity = new AwsIdentity(BedrockDialect.Region) { Profile = "no-such-profile-anywhere" } },
        ];
    }

    [Fact]
    public async Task Lent_keys_come_with_their_token_and_it_is_signed()
    {
        await AnsweredAsync("lent");

        Assert.Equal("lent-token-0123456789", Upstream.Requests.Single().Headers["x-amz-security-token"]);
    }

    [Fact]
    public async Task A_bedrock_key_is_a_bearer_token_and_nothing_is_signed()
    {
        await AnsweredAsync("bearer");

        Assert.Equal(($"Bearer {BedrockDialect.Key}", false), (Upstream.Requests.Single().Headers["Authorization"], Upstream.Requests.Single().Headers.ContainsKey("x-amz-date")));
    }

    [Theory]
    [InlineData("wrong")]
    [InlineData("elsewhere")]
    public async Task A_signature_that_does_not_hold_is_refused(string model)
    {
        using var response = await Gateway.ChatAsync(Plain.Replace("gpt", model, StringComparison.Ordinal));

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.DoesNotContain("not-the-secret", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_profile_that_is_not_there_is_said_and_nothing_is_sent()
    {
        using var response = await Gateway.ChatAsync(Plain.Replace("gpt", "profile", StringComparison.Ordinal));

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Contains("the profile no-such-profile-anywhere", (await ErrorAnswer.ReadAsync(response)).Message, StringComparison.Ordinal);
        Assert.Empty(Upstream.Requests);
    }

    private async Task AnsweredAsync(string model)
    {
        using var response = await Gateway.ChatAsync(Plain.Replace("gpt", model, StringComparison.Ordinal));
        Assert.Contains("Hello from the fake upstream.", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }
}
