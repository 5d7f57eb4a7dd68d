using System.ClientModel;
using System.ClientModel.Primitives;
using System.Text;
using OpenAI;
using OpenAI.Chat;
using Xunit;

namespace ChatKit.Gateway.Tests.Sdk;

/// <summary>The OpenAI package for .NET against the real gateway and the strict fakes.</summary>
[Collection(SdkTests.Name)]
public sealed class DotNetSdkTests(SdkFixture sdk)
{
    private static readonly ChatTool Weather = ChatTool.CreateFunctionTool(
        "weather", "The weather of a city", BinaryData.FromString("""{"type":"object","properties":{"city":{"type":"string"}},"required":["city"]}"""));

    private static readonly ChatTool Now = ChatTool.CreateFunctionTool("now", "The time");

    [Theory]
    [InlineData("gpt")]
    [InlineData("claude")]
    public async Task Plain(string model)
    {
        ChatCompletion answer = await Client(model).CompleteChatAsync(
            [new SystemChatMessage("Be brief."), new UserChatMessage(SdkScenario.SayHello)],
            new ChatCompletionOptions { MaxOutputTokenCount = 100, Temperature = 0.2f, EndUserId = "u-1" });

        Assert.Equal((SdkScenario.Hello, ChatFinishReason.Stop, model), (answer.Content[0].Text, answer.FinishReason, answer.Model));
        Assert.Equal(answer.Usage.InputTokenCount + answer.Usage.OutputTokenCount, answer.Usage.TotalTokenCount);
    }

    [Theory]
    [InlineData("gpt")]
    [InlineData("claude")]
    public async Task Streamed(string model)
    {
        var text = new StringBuilder();
        ChatFinishReason? finish = null;
        ChatTokenUsage? usage = null;
        await foreach (var update in Client(model).CompleteChatStreamingAsync(SdkScenario.SayHello))
        {
            foreach (var part in update.ContentUpdate) text.Append(part.Text);
            finish ??= update.FinishReason;
            usage ??= update.Usage;
        }

        Assert.Equal((SdkScenario.Hello, ChatFinishReason.Stop), (text.ToString(), finish));
        Assert.True(usage?.TotalTokenCount > 0);
    }

    [Theory]
    [InlineData("gpt")]
    [InlineData("claude")]
    public async Task Tools(string model)
    {
        var client = Client(model);
        var options = new ChatCompletionOptions { Tools = { Weather, Now } };
        List<ChatMessage> messages = [new UserChatMessage(SdkScenario.CallTheTools)];

        ChatCompletion calls = await client.CompleteChatAsync(messages, options);
        messages.Add(new AssistantChatMessage(calls));
        messages.AddRange(calls.ToolCalls.Select(call => new ToolChatMessage(call.Id, "sun")));
        ChatCompletion answer = await client.CompleteChatAsync(messages, options);

        Assert.Equal(ChatFinishReason.ToolCalls, calls.FinishReason);
        Assert.Equal(["weather {\"city\":\"Paris\"}", "now {}"], calls.ToolCalls.Select(call => $"{call.FunctionName} {call.FunctionArguments}"));
        Assert.Equal(SdkScenario.ToolsAnswered, answer.Content[0].Text);
    }

    [Theory]
    [InlineData("gpt")]
    [InlineData("claude")]
    [InlineData("claude-older")]
    public async Task StructuredOutput(string model)
    {
        var options = new ChatCompletionOptions
        {
            ResponseFormat = ChatResponseFormat.CreateJsonSchemaFormat(
                "place",
                BinaryData.FromString("""{"type":"object","properties":{"city":{"type":"string"},"sights":{"type":"array","items":{"type":"string"}}},"required":["city","sights"],"additionalProperties":false}"""),
                jsonSchemaIsStrict: true),
        };

        ChatCompletion answer = await Client(model).CompleteChatAsync([new UserChatMessage(SdkScenario.NameThePlace)], options);
        var streamed = new StringBuilder();
        await foreach (var update in Client(model).CompleteChatStreamingAsync([new UserChatMessage(SdkScenario.NameThePlace)], options))
            foreach (var part in update.ContentUpdate) streamed.Append(part.Text);

        Assert.Equal((SdkScenario.Place, SdkScenario.Place, ChatFinishReason.Stop), (answer.Content[0].Text, streamed.ToString(), answer.FinishReason));
        Assert.Empty(answer.ToolCalls);
    }

    [Theory]
    [InlineData("gpt")]
    [InlineData("claude")]
    public async Task Vision(string model)
    {
        var image = ChatMessageContentPart.CreateImagePart(BinaryData.FromBytes("iVBORw0KGgo="u8.ToArray()), "image/png");

        ChatCompletion answer = await Client(model).CompleteChatAsync(new UserChatMessage(ChatMessageContentPart.CreateTextPart(SdkScenario.SayHello), image));

        Assert.Equal(SdkScenario.Hello, answer.Content[0].Text);
    }

    [Theory]
    [InlineData("gpt")]
    [InlineData("claude")]
    public async Task Abort(string model)
    {
        using var patience = new CancellationTokenSource();
        var text = new StringBuilder();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var update in Client(model).CompleteChatStreamingAsync([new UserChatMessage(SdkScenario.CountSlowly)], cancellationToken: patience.Token))
            {
                foreach (var part in update.ContentUpdate) text.Append(part.Text);
                if (text.ToString() == "one two") await patience.CancelAsync();
            }
        });

        var upstream = model == "gpt" ? sdk.OpenAi : sdk.Anthropic;
        await upstream.Requests.Last(request => request.BodyText.Contains(SdkScenario.CountSlowly, StringComparison.Ordinal)).Disconnected.WaitAsync(TimeSpan.FromSeconds(10));
    }

    [Theory]
    [InlineData("gpt", 400)]
    [InlineData("gpt", 401)]
    [InlineData("gpt", 429)]
    [InlineData("gpt", 500)]
    [InlineData("claude", 400)]
    [InlineData("claude", 401)]
    [InlineData("claude", 429)]
    [InlineData("claude", 500)]
    public async Task Errors(string model, int status)
    {
        var error = await Assert.ThrowsAsync<ClientResultException>(() => Client(model).CompleteChatAsync($"fail with {status}"));

        Assert.Equal(status, error.Status);
        Assert.Contains("It went wrong.", error.Message, StringComparison.Ordinal);
    }

    private ChatClient Client(string model) => new(model, new ApiKeyCredential(GatewayProcess.Key), new OpenAIClientOptions
    {
        Endpoint = new Uri(sdk.Gateway.Address, "/v1"),
        RetryPolicy = new ClientRetryPolicy(maxRetries: 0),
    });
}
