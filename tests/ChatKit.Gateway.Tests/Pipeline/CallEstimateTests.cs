using System.Collections.Frozen;
using System.Text;
using ChatKit.Gateway.Model;
using ChatKit.Gateway.Model.Facts;
using ChatKit.Gateway.Pipeline;
using ChatKit.Gateway.Tests.Hosting;
using ChatKit.Gateway.Wire;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace ChatKit.Gateway.Tests.Pipeline;

/// <summary>What a call will use and cost, before anybody is asked.</summary>
public sealed class CallEstimateTests
{
    private readonly Deployment _cheap = Priced("cheap", input: 1, output: 2);
    private readonly Deployment _dear = Priced("dear", input: 10, output: 100);

    [Theory]
    [InlineData("""{"messages":["12345678901234567"]}""", 1000)]
    [InlineData("""{"messages":["1234567890"],"max_tokens":50}""", 50)]
    [InlineData("""{"messages":["1234"],"max_completion_tokens":7,"n":3}""", 21)]
    [InlineData("""{"messages":["1234"],"max_tokens":"many","n":-1}""", 1000)]
    public void The_clients_bound_counts_and_its_number_of_answers(string body, long output)
    {
        var estimate = CallEstimate.Of(Call(Operation.Chat, body));

        Assert.Equal((body.Length / 4, output), (estimate.Input, estimate.Output));
    }

    [Fact]
    public void Googles_bound_lies_deeper() =>
        Assert.Equal(33, CallEstimate.Of(Call(Operation.GenerateContent, """{"contents":[],"generationConfig":{"temperature":1,"maxOutputTokens":33}}""")).Output);

    [Fact]
    public void Without_a_bound_answers_are_as_long_as_they_were_of_late()
    {
        for (var answer = 0; answer < 20; answer++) _dear.State.Output.Add(100);
        _cheap.State.Output.Add(40);

        Assert.Equal(200, CallEstimate.Of(Call(Operation.Chat, """{"messages":[]}""")).Output);
    }

    [Fact]
    public void What_answers_with_no_text_has_no_output() => Assert.Equal(0, CallEstimate.Of(Call(Operation.Embeddings, """{"input":"hello"}""")).Output);

    [Fact]
    public void The_dearest_deployment_that_may_get_the_call_counts()
    {
        var call = Call(Operation.Chat, """{"messages":[],"max_tokens":10}""");

        Assert.Equal((7 * 10_000) + (10 * 100_000), CallEstimate.Of(call).CostOf(call));
    }

    [Fact]
    public void What_has_no_price_reserves_nothing()
    {
        var call = Call(Operation.Chat, """{"messages":[]}""", GatewayHost.At("http://127.0.0.1:1/v1") with { Provider = "openai_like", UpstreamModel = "nobody-knows", GivenFacts = ModelFacts.Unknown });

        Assert.Equal(0, CallEstimate.Of(call).CostOf(call));
    }

    /// <summary>A picture is a megabyte, and no more than what the model reads.</summary>
    [Fact]
    public void Nothing_is_longer_than_what_the_model_reads()
    {
        var call = Call(Operation.Chat, $$"""{"messages":["{{new string('x', 1_000_000)}}"],"max_tokens":1}""");

        Assert.Equal((1000 * 10_000) + 100_000, CallEstimate.Of(call).CostOf(call));
    }

    [Theory]
    [InlineData("Total", 30)]
    [InlineData("Input", 10)]
    [InlineData("Output", 20)]
    public void A_minute_counts_the_tokens_that_the_configuration_says(string which, long counted) =>
        Assert.Equal(counted, CallEstimate.Counted(10, 20, Enum.Parse<CountedTokens>(which)));

    private GatewayCall Call(Operation operation, string body, params Deployment[] deployments)
    {
        var group = new ModelGroup("gpt", deployments.Length > 0 ? deployments : [_cheap, _dear]);
        var snapshot = new GatewaySnapshot { Groups = new Dictionary<string, ModelGroup> { ["gpt"] = group }.ToFrozenDictionary(), WildcardGroups = [], Settings = new GatewaySettings() };
        var call = new GatewayCall(new DefaultHttpContext(), operation, snapshot, startedAt: 0) { ClientModel = "gpt", Match = new ModelMatch(group, []) };
        var bytes = Encoding.UTF8.GetBytes(body);
        Assert.Null(CallEnvelopeReader.Read(bytes, operation.Input with { Shape = MemberShape.Optional }, out var envelope));
        call.Keep(new PooledBuffer(), bytes, envelope);
        return call;
    }

    private static Deployment Priced(string id, decimal input, decimal output) => GatewayHost.At("http://127.0.0.1:1/v1", id) with
    {
        GivenFacts = new ModelFacts { ContextWindow = 1000, Prices = new ModelPrices { Input = input, Output = output } },
    };
}
