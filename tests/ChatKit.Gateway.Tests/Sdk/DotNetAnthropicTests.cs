using System.Text;
using System.Text.Json;
using Anthropic;
using Anthropic.Core;
using Anthropic.Exceptions;
using Anthropic.Models.Messages;
using Xunit;

namespace ChatKit.Gateway.Tests.Sdk;

/// <summary>
/// The Anthropic package for .NET: <c>claude</c> is Anthropic itself, <c>gpt</c> is told in chat. The client checks each answer against the API's schema
/// (<c>ResponseValidation</c>), so a member that it expects and does not find fails the test.
/// </summary>
[Collection(SdkTests.Name)]
public sealed class DotNetAnthropicTests(SdkFixture sdk)
{
    private const string Tools = """[{"name":"weather","input_schema":{"type":"object","properties":{"city":{"type":"string"}}}},{"name":"now","input_schema":{"type":"object","properties":{}}}]""";

    [Theory]
    [InlineData("gpt")]
    [InlineData("claude")]
    public async Task Plain(string model)
    {
        var answer = await Client().Messages.Create(Ask(model, SdkScenario.SayHello));

        Assert.Equal((SdkScenario.Hello, StopReason.EndTurn, model), (Text(answer), answer.StopReason?.Value(), answer.Model.Raw()));
        Assert.True(answer.Usage.InputTokens > 0 && answer.Usage.OutputTokens > 0);
    }

    [Theory]
    [InlineData("gpt")]
    [InlineData("claude")]
    public async Task Streamed(string model)
    {
        var text = new StringBuilder();
        StopReason? reason = null;
        await foreach (var said in Client().Messages.CreateStreaming(Ask(model, SdkScenario.SayHello)))
        {
            if (said.TryPickContentBlockDelta(out var delta) && delta.Delta.TryPickText(out var piece)) text.Append(piece.Text);
            if (said.TryPickDelta(out var end)) reason = end.Delta.StopReason?.Value();
        }

        Assert.Equal((SdkScenario.Hello, StopReason.EndTurn), (text.ToString(), reason));
    }

    [Theory]
    [InlineData("gpt")]
    [InlineData("claude")]
    public async Task Tools_in_two_steps(string model)
    {
        var client = Client();
        var calls = await client.Messages.Create(Ask(model, SdkScenario.CallTheTools, $"\"tools\":{Tools}"));
        var uses = calls.Content.Select(block => block.TryPickToolUse(out var use) ? use : throw new InvalidOperationException(block.ToString())).ToList();
        var turns = $$"""
            [{"role":"user","content":"{{SdkScenario.CallTheTools}}"},
             {"role":"assistant","content":[{{string.Join(',', uses.Select(use => $$"""{"type":"tool_use","id":"{{use.ID}}","name":"{{use.Name}}","input":{{JsonSerializer.Serialize(use.Input)}}}"""))}}]},
             {"role":"user","content":[{{string.Join(',', uses.Select(use => $$"""{"type":"tool_result","tool_use_id":"{{use.ID}}","content":"sun"}"""))}}]}]
            """;
        var answer = await client.Messages.Create(Params($$"""{"model":"{{model}}","max_tokens":100,"messages":{{turns}},"tools":{{Tools}}}"""));

        Assert.Equal(["weather {\"city\":\"Paris\"}", "now {}"], uses.Select(use => $"{use.Name} {JsonSerializer.Serialize(use.Input)}"));
        Assert.Equal((StopReason.ToolUse, SdkScenario.ToolsAnswered), (calls.StopReason?.Value(), Text(answer)));
    }

    [Theory]
    [InlineData("gpt")]
    [InlineData("claude")]
    public async Task Structured_output_and_vision(string model)
    {
        var content = $$$"""[{"type":"image","source":{"type":"base64","media_type":"image/png","data":"iVBORw0KGgo="}},{"type":"text","text":"{{{SdkScenario.AnswerAsJson}}}"}]""";
        var format = """{"type":"json_schema","schema":{"type":"object","properties":{"city":{"type":"string"}},"required":["city"],"additionalProperties":false}}""";
        var answer = await Client().Messages.Create(Params(
            $$$"""{"model":"{{{model}}}","max_tokens":100,"messages":[{"role":"user","content":CONTENT}],"output_config":{"format":FORMAT}}""".Replace("CONTENT", content).Replace("FORMAT", format)));

        Assert.Equal(SdkScenario.Json, Text(answer));
    }

    [Theory]
    [InlineData("gpt")]
    [InlineData("claude")]
    public async Task Counting(string model)
    {
        var count = await Client().Messages.CountTokens(new MessageCountTokensParams { Model = model, Messages = [new UserMessageParam(SdkScenario.SayHello)] });

        Assert.True(count.InputTokens > 0);
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
            await foreach (var said in Client().Messages.CreateStreaming(Ask(model, SdkScenario.CountSlowly), patience.Token))
            {
                if (said.TryPickContentBlockDelta(out var delta) && delta.Delta.TryPickText(out var piece)) text.Append(piece.Text);
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
        var error = await Assert.ThrowsAnyAsync<AnthropicApiException>(() => Client().Messages.Create(Ask(model, $"fail with {status}")));

        Assert.Equal(status, (int)error.StatusCode);
        Assert.Contains("It went wrong.", error.Message, StringComparison.Ordinal);
    }

    private static string Text(Message answer) => string.Concat(answer.Content.Select(block => block.TryPickText(out var text) ? text.Text : ""));

    private static MessageCreateParams Ask(string model, string text, string? more = null) =>
        Params($$"""{"model":"{{model}}","max_tokens":100,"messages":[{"role":"user","content":"{{text}}"}]{{(more is null ? "" : "," + more)}}}""");

    private static MessageCreateParams Params(string body)
    {
        var none = new Dictionary<string, JsonElement>();
        return MessageCreateParams.FromRawUnchecked(none, none, JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(body)!);
    }

    private AnthropicClient Client() => new(new ClientOptions
    {
        ApiKey = GatewayProcess.Key,
        BaseUrl = sdk.Gateway.Address.GetLeftPart(UriPartial.Authority),
        MaxRetries = 0,
        ResponseValidation = true,
    });
}
