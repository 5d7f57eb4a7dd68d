#pragma warning disable OPENAI001 // The package calls its Responses client experimental.
using System.ClientModel;
using System.ClientModel.Primitives;
using System.Text;
using OpenAI.Responses;
using Xunit;

namespace ChatKit.Gateway.Tests.Sdk;

/// <summary>The Responses client of the OpenAI package for .NET: <c>gpt</c> has the API, <c>claude</c> is told in chat.</summary>
[Collection(SdkTests.Name)]
public sealed class DotNetResponsesTests(SdkFixture sdk)
{
    private static readonly ResponseTool Weather = ResponseTool.CreateFunctionTool(
        "weather", BinaryData.FromString("""{"type":"object","properties":{"city":{"type":"string"}},"required":["city"],"additionalProperties":false}"""), strictModeEnabled: true);

    private static readonly ResponseTool Now = ResponseTool.CreateFunctionTool("now", BinaryData.FromString("""{"type":"object","properties":{},"additionalProperties":false}"""), strictModeEnabled: true);

    [Theory]
    [InlineData("gpt")]
    [InlineData("claude")]
    public async Task Plain(string model)
    {
        var options = Ask(model, SdkScenario.SayHello);
        options.Instructions = "Be brief.";
        options.MaxOutputTokenCount = 100;

        ResponseResult answer = await Client().CreateResponseAsync(options);

        Assert.Equal((SdkScenario.Hello, ResponseStatus.Completed, model), (answer.GetOutputText(), answer.Status, answer.Model));
        Assert.Equal(answer.Usage.InputTokenCount + answer.Usage.OutputTokenCount, answer.Usage.TotalTokenCount);
    }

    [Theory]
    [InlineData("gpt")]
    [InlineData("claude")]
    public async Task Streamed(string model)
    {
        var text = new StringBuilder();
        ResponseResult? whole = null;
        var options = Ask(model, SdkScenario.SayHello);
        options.StreamingEnabled = true;
        await foreach (var update in await Client().CreateResponseStreamingAsync(options))
        {
            if (update is StreamingResponseOutputTextDeltaUpdate delta) text.Append(delta.Delta);
            if (update is StreamingResponseCompletedUpdate completed) whole = completed.Response;
        }

        Assert.Equal((SdkScenario.Hello, SdkScenario.Hello), (text.ToString(), whole?.GetOutputText()));
    }

    [Theory]
    [InlineData("gpt")]
    [InlineData("claude")]
    public async Task Tools_and_memory(string model)
    {
        var client = Client();
        var first = Ask(model, SdkScenario.CallTheTools);
        first.Tools.Add(Weather);
        first.Tools.Add(Now);
        ResponseResult calls = await client.CreateResponseAsync(first);
        var functions = calls.OutputItems.OfType<FunctionCallResponseItem>().ToList();

        var second = new CreateResponseOptions { Model = model, PreviousResponseId = calls.Id };
        foreach (var call in functions) second.InputItems.Add(ResponseItem.CreateFunctionCallOutputItem(call.CallId, "sun"));
        second.InputItems.Add(ResponseItem.CreateUserMessageItem(SdkScenario.CallTheTools));
        second.Tools.Add(Weather);
        ResponseResult answer = await client.CreateResponseAsync(second);
        ResponseResult again = await client.GetResponseAsync(answer.Id);

        Assert.Equal(["weather {\"city\":\"Paris\"}", "now {}"], functions.Select(call => $"{call.FunctionName} {call.FunctionArguments}"));
        Assert.Equal((SdkScenario.ToolsAnswered, calls.Id), (answer.GetOutputText(), answer.PreviousResponseId));
        Assert.Equal(SdkScenario.ToolsAnswered, again.GetOutputText());
    }

    [Theory]
    [InlineData("gpt")]
    [InlineData("claude")]
    public async Task Structured_output_and_vision(string model)
    {
        var options = new CreateResponseOptions { Model = model };
        options.InputItems.Add(ResponseItem.CreateUserMessageItem(
        [
            ResponseContentPart.CreateInputTextPart(SdkScenario.AnswerAsJson),
            ResponseContentPart.CreateInputImagePart(BinaryData.FromBytes(Convert.FromBase64String("iVBORw0KGgo="), "image/png")),
        ]));
        options.TextOptions = new ResponseTextOptions
        {
            TextFormat = ResponseTextFormat.CreateJsonSchemaFormat("answer", BinaryData.FromString("""{"type":"object","properties":{"city":{"type":"string"}},"required":["city"],"additionalProperties":false}"""), jsonSchemaIsStrict: true),
        };

        ResponseResult answer = await Client().CreateResponseAsync(options);

        Assert.Equal(SdkScenario.Json, answer.GetOutputText());
    }

    [Theory]
    [InlineData("gpt")]
    [InlineData("claude")]
    public async Task Abort(string model)
    {
        using var patience = new CancellationTokenSource();
        var text = new StringBuilder();
        var options = Ask(model, SdkScenario.CountSlowly);
        options.StreamingEnabled = true;

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var update in await Client().CreateResponseStreamingAsync(options, patience.Token))
            {
                if (update is StreamingResponseOutputTextDeltaUpdate delta) text.Append(delta.Delta);
                if (text.ToString() == "one two") await patience.CancelAsync();
            }
        });

        var upstream = model == "gpt" ? sdk.OpenAi : sdk.Anthropic;
        await upstream.Requests.Last(request => request.BodyText.Contains(SdkScenario.CountSlowly, StringComparison.Ordinal)).Disconnected.WaitAsync(TimeSpan.FromSeconds(10));
    }

    [Theory]
    [InlineData("gpt", 400)]
    [InlineData("gpt", 429)]
    [InlineData("claude", 401)]
    [InlineData("claude", 500)]
    public async Task Errors(string model, int status)
    {
        var error = await Assert.ThrowsAsync<ClientResultException>(() => Client().CreateResponseAsync(Ask(model, $"fail with {status}")));

        Assert.Equal(status, error.Status);
        Assert.Contains("It went wrong.", error.Message, StringComparison.Ordinal);
    }

    private static CreateResponseOptions Ask(string model, string text)
    {
        var options = new CreateResponseOptions { Model = model };
        options.InputItems.Add(ResponseItem.CreateUserMessageItem(text));
        return options;
    }

    private ResponsesClient Client() => new(new ApiKeyCredential(GatewayProcess.Key), new ResponsesClientOptions
    {
        Endpoint = new Uri(sdk.Gateway.Address, "/v1"),
        RetryPolicy = new ClientRetryPolicy(maxRetries: 0),
    });
}
