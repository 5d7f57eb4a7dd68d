using ChatKit.Testing.Upstream;
using Xunit;

namespace ChatKit.Gateway.Tests.Sdk;

/// <summary>Public npm packages against the real gateway and the strict fakes: tests/sdk holds what they do and expect.</summary>
[Collection(SdkTests.Name)]
public sealed class NodeSdkTests(SdkFixture sdk)
{
    [SkippableTheory]
    [InlineData("openai.test.mjs")]
    [InlineData("responses.test.mjs")]
    [InlineData("anthropic.test.mjs")]
    [InlineData("langchain.test.mjs")]
    [InlineData("ai-sdk.test.mjs")]
    [InlineData("google-genai.test.mjs")]
    public async Task An_npm_package_works_through_the_gateway(string file)
    {
        await sdk.RunNodeAsync(file);

        foreach (var upstream in (FakeUpstream[])[sdk.OpenAi, sdk.Anthropic, sdk.Gemini])
        {
            // Whatever a client aborted, the gateway aborted at the provider.
            var aborted = upstream.Requests.Where(request =>
                request.BodyText.Contains(SdkScenario.NeverAnswer, StringComparison.Ordinal) || request.BodyText.Contains(SdkScenario.CountSlowly, StringComparison.Ordinal));
            await Task.WhenAll(aborted.Select(request => request.Disconnected)).WaitAsync(TimeSpan.FromSeconds(10));
        }
    }
}
