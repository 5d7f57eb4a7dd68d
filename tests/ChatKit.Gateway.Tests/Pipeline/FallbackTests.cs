using ChatKit.Gateway.Model;
using ChatKit.Gateway.Tests.Hosting;
using ChatKit.Gateway.Wire;
using ChatKit.Testing.Upstream;
using Xunit;

namespace ChatKit.Gateway.Tests.Pipeline;

/// <summary>Fallbacks over real connections: what the client sees of them, and what it may say about them.</summary>
public sealed class FallbackTests : GatewayTest
{
    private protected override GatewaySettings Settings => new()
    {
        MasterKey = new Secret(GatewayHost.MasterKey),
        Retries = 0,
        Routing = new RoutingSettings { Fallbacks = new FallbackRules { General = new FallbackMap(new Dictionary<string, IReadOnlyList<string>> { ["gpt"] = ["other"] }) }, FiltersTags = true },
    };

    private protected override IEnumerable<Deployment> Deployments() =>
        [GatewayHost.At(Upstream), GatewayHost.At(Upstream, "d2") with { GroupName = "other", UpstreamModel = "other-upstream", Tags = ["paid", "default"] }];

    [Theory]
    [InlineData(Plain)]
    [InlineData(Streamed)]
    public async Task Another_group_answers_and_the_answer_says_so(string body)
    {
        Upstream.Then(Replies.HtmlError(503));
        using var response = await Gateway.ChatAsync(body);
        Assert.Equal(200, (int)response.StatusCode);
        Assert.Equal(("1", "other", "d2"), (Header(response, "attempted-fallbacks"), Header(response, "model-group"), Header(response, "model-id")));
        var answer = await response.Content.ReadAsStringAsync();
        Assert.Contains("\"model\":\"other-upstream\"", answer);
        Assert.DoesNotContain("\"model\":\"gpt\"", answer);
    }

    [Fact]
    public async Task Without_a_fallback_the_answer_bears_the_clients_name()
    {
        using var response = await Gateway.ChatAsync(Plain);
        Assert.Equal("0", Header(response, "attempted-fallbacks"));
        Assert.Contains("\"model\":\"gpt\"", await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task When_all_fail_the_first_groups_error_names_the_others()
    {
        Upstream.Then(OpenAiReplies.Error(401, "bad key", "auth"), OpenAiReplies.Error(500, "broken", "server_error"));
        using var response = await Gateway.ChatAsync(Plain);
        var error = await ErrorAnswer.ReadAsync(response);
        Assert.Equal(401, error.Status);
        Assert.Contains("bad key. Received Model Group=gpt\nAvailable Model Group Fallbacks=['other']\nError doing the fallback: other: InternalServerError: openai: broken", error.Message);
    }

    [Fact]
    public async Task The_client_may_forbid_them_and_nothing_of_it_reaches_the_provider()
    {
        Upstream.Then(Replies.HtmlError(503));
        using var forbidden = await Gateway.ChatAsync("""{"model":"gpt","messages":[{"role":"user","content":"hi"}],"disable_fallbacks":true,"tags":[],"fallbacks":["other"]}""");
        Assert.Equal(503, (int)forbidden.StatusCode);
        Assert.DoesNotContain("fallbacks", Assert.Single(Upstream.Requests).BodyText, StringComparison.Ordinal);
        Assert.False(forbidden.Headers.Contains("x-chatkit-losses"));
    }

    [Theory]
    [InlineData("\"fallbacks\":\"other\"", "fallbacks", "must be a list of model names, or of objects such as {\"a\": [\"b\", \"c\"]}.")]
    [InlineData("\"fallbacks\":[{\"a\":\"b\"}]", "fallbacks", "must be a list of model names, or of objects such as {\"a\": [\"b\", \"c\"]}.")]
    [InlineData("\"context_window_fallbacks\":[5]", "context_window_fallbacks", "must be a list of model names, or of objects such as {\"a\": [\"b\", \"c\"]}.")]
    [InlineData("\"disable_fallbacks\":\"yes\"", "disable_fallbacks", "is not true or false.")]
    [InlineData("\"tags\":\"paid\"", "tags", "must be a list of texts.")]
    [InlineData("\"tags\":[],\"tags\":[]", "tags", "appears more than once.")]
    [InlineData("\"allowed_model_region\":5", "allowed_model_region", "must be a region, e.g. \"eu\".")]
    public async Task A_wrong_wish_is_refused_with_what_it_should_be(string member, string param, string message)
    {
        using var response = await Gateway.ChatAsync($$"""{"model":"gpt","messages":[{"role":"user","content":"hi"}],{{member}}}""");
        var error = await ErrorAnswer.ReadAsync(response);
        Assert.Equal((400, param, $"Invalid '{param}': {message}"), (error.Status, error.Param, error.Message));
    }

    [Theory]
    [InlineData("""{"model":"other","messages":[{"role":"user","content":"hi"}]}""", null, 200)]
    [InlineData("""{"model":"other","messages":[{"role":"user","content":"hi"}],"tags":["paid"]}""", null, 200)]
    [InlineData("""{"model":"gpt","messages":[{"role":"user","content":"hi"}],"tags":["free"],"disable_fallbacks":true}""", null, 401)]
    [InlineData("""{"model":"gpt","messages":[{"role":"user","content":"hi"}],"disable_fallbacks":true}""", "free, x", 401)]
    [InlineData("""{"model":"gpt","messages":[{"role":"user","content":"hi"}],"litellm_metadata":{"a":{},"tags":["free"]},"disable_fallbacks":true}""", null, 401)]
    public async Task Tags_come_from_the_body_its_metadata_and_a_header(string body, string? header, int status)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/chat/completions") { Content = new StringContent(body) };
        if (header is not null) request.Headers.Add("x-litellm-tags", header);
        using var response = await Gateway.Client.SendAsync(request);
        Assert.Equal(status, (int)response.StatusCode);
        if (status == 401) Assert.StartsWith("Not allowed to access model due to tags configuration. Passed model=gpt and tags=[free", (await ErrorAnswer.ReadAsync(response)).Message);
    }

    private static string Header(HttpResponseMessage response, string name) => response.Headers.GetValues($"x-litellm-{name}").Single();
}
