using System.ClientModel;
using System.Text;
using ChatKit.Gateway.Tests.Config;
using ChatKit.Testing.Upstream;
using OpenAI;
using Xunit;

namespace ChatKit.Gateway.Tests.Pipeline.PassThrough;

/// <summary>OpenAI's own package for .NET, moved behind the gateway by its base address.</summary>
public sealed class OpenAiSdkPassThroughTests : PassThroughTest
{
    private protected override UpstreamDialect Dialect => new OpenAiDialect();

    private protected override void Configure(ConfigFolder folder) => folder.Set("OPENAI_API_KEY", OpenAiDialect.Key).Set("OPENAI_API_BASE", Upstream.ApiBase);

    [Theory]
    [InlineData("openai")]
    [InlineData("openai/v1")]
    public async Task Plain_and_streamed(string prefix)
    {
        var client = new OpenAIClient(new ApiKeyCredential(Key), new OpenAIClientOptions { Endpoint = new Uri(Gateway.Client.BaseAddress!, prefix) }).GetChatClient("gpt-4o");
        var text = new StringBuilder();

        OpenAI.Chat.ChatCompletion answer = await client.CompleteChatAsync("Hi");
        await foreach (var update in client.CompleteChatStreamingAsync("Hi"))
            foreach (var part in update.ContentUpdate) text.Append(part.Text);

        Assert.Equal(("Hello from the fake upstream.", "Hello from the fake upstream."), (answer.Content[0].Text, text.ToString()));
        Assert.All(Upstream.Requests, static request => Assert.Equal($"Bearer {OpenAiDialect.Key}", request.Headers["Authorization"]));
    }
}
