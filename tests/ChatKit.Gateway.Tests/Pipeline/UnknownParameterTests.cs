using System.Net;
using ChatKit.Gateway.Model;
using ChatKit.Gateway.Tests.Hosting;
using ChatKit.Gateway.Wire.Json;
using ChatKit.Testing.Upstream;
using Xunit;

namespace ChatKit.Gateway.Tests.Pipeline;

/// <summary>Parameters that are not to reach the provider, by the file's word or the client's.</summary>
public sealed class UnknownParameterTests : IAsyncLifetime
{
    private const string Hi = """ "model":"gpt","messages":[{"role":"user","content":"hi"}]""";

    private FakeUpstream _upstream = null!;

    public async Task InitializeAsync() => _upstream = await FakeUpstream.StartAsync(new OpenAiDialect { RefusesUnknownMembers = false });

    public async Task DisposeAsync() => await _upstream.DisposeAsync();

    [Fact]
    public async Task What_is_always_dropped_leaves_the_body_and_is_named()
    {
        await using var gateway = await GatewayHost.StartAsync(At(new ParameterPolicy { AlwaysDropped = [JsonPath.TryParse("tools[*].x")!, JsonPath.TryParse("seed")!] }));

        using var answer = await gateway.ChatAsync($$"""{ {{Hi}},"seed":7, "tools":[{"x":1,"type":"function"}], "top_p":0.50}""");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(["seed, tools[0].x"], answer.Headers.GetValues("x-chatkit-losses"));
        Assert.Equal($$"""{ {{Hi.Replace("gpt", "gpt-4o-upstream")}}, "tools":[{"type":"function"}], "top_p":0.50}""", _upstream.Requests.Single().BodyText);
    }

    [Fact]
    public async Task A_client_may_say_it_too_and_that_is_obeyed_and_not_lost()
    {
        await using var gateway = await GatewayHost.StartAsync(At(ParameterPolicy.Default));

        using var answer = await gateway.ChatAsync($$"""{ {{Hi}},"seed":7,"drop_params":true,"additional_drop_params":["seed"],"allowed_openai_params":["x"]}""");

        Assert.Equal(["seed"], answer.Headers.GetValues("x-chatkit-losses"));
        Assert.Equal($$"""{ {{Hi.Replace("gpt", "gpt-4o-upstream")}}}""", _upstream.Requests.Single().BodyText);
    }

    [Fact]
    public async Task Stream_options_that_are_always_dropped_are_not_asked_for_either()
    {
        await using var gateway = await GatewayHost.StartAsync(At(new ParameterPolicy { AlwaysDropped = [JsonPath.TryParse("stream_options")!] }));

        using var answer = await gateway.ChatAsync($$"""{ {{Hi}},"stream":true}""");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.False(_upstream.Requests.Single().Json.TryGetProperty("stream_options", out _));
    }

    [Fact]
    public async Task A_strict_deployment_refuses_what_it_would_drop()
    {
        await using var gateway = await GatewayHost.StartAsync(At(new ParameterPolicy { AlwaysDropped = [JsonPath.TryParse("seed")!], IsStrict = true }));

        using var answer = await gateway.ChatAsync($$"""{ {{Hi}},"seed":7}""");

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(("seed", "unsupported_parameter"), await ErrorOf(answer));
        Assert.Empty(_upstream.Requests);
    }

    [Theory]
    [InlineData("\"drop_params\":1", "drop_params")]
    [InlineData("\"additional_drop_params\":\"seed\"", "additional_drop_params")]
    [InlineData("\"additional_drop_params\":[\"a..b\"]", "additional_drop_params")]
    [InlineData("\"allowed_openai_params\":[7]", "allowed_openai_params")]
    public async Task A_wish_of_the_wrong_form_is_an_error(string member, string param)
    {
        await using var gateway = await GatewayHost.StartAsync(At(ParameterPolicy.Default));

        using var answer = await gateway.ChatAsync($$"""{ {{Hi}},{{member}}}""");

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal((param, "400"), await ErrorOf(answer));
    }

    private static async Task<(string? Param, string? Code)> ErrorOf(HttpResponseMessage answer)
    {
        var error = System.Text.Json.JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement.GetProperty("error");
        return (error.GetProperty("param").GetString(), error.GetProperty("code").GetString());
    }

    private Deployment At(ParameterPolicy policy) => GatewayHost.At(_upstream) with { Parameters = policy };
}
