using System.Text;
using System.Text.Json;
using ChatKit.Gateway.Tests.Config;
using ChatKit.Gateway.Tests.Hosting;
using Xunit;

namespace ChatKit.Gateway.Tests.Pipeline;

/// <summary>Routing as operators write it, from the file to the answer. Each deployment answers with its own name; one is nowhere.</summary>
public sealed class ConfiguredRoutingTests : IAsyncLifetime
{
    private const string File =
        """
        model_list:
          - { model_name: nowhere, litellm_params: { model: openai/x, api_key: k, api_base: "http://127.0.0.1:1/v1" } }
          - { model_name: small, litellm_params: { model: openai/x, mock_response: small }, model_info: { max_input_tokens: 20 } }
          - { model_name: large, litellm_params: { model: openai/x, mock_response: large }, model_info: { id: the-large-one } }
          - { model_name: tagged, litellm_params: { model: openai/x, mock_response: paid, tags: [paid] } }
          - { model_name: tagged, litellm_params: { model: openai/x, mock_response: common, tags: [default] } }
          - { model_name: europe, litellm_params: { model: openai/x, mock_response: eu, region_name: eu-west-1 } }
          - { model_name: europe, litellm_params: { model: openai/x, mock_response: us, region_name: us-east-1, weight: 1000 } }
          - { model_name: ordered, litellm_params: { model: openai/x, mock_response: second, order: 2 } }
          - { model_name: ordered, litellm_params: { model: openai/x, api_key: k, api_base: "http://127.0.0.1:1/v1", order: 1 } }
          - { model_name: limited, litellm_params: { model: openai/x, mock_response: limited, rpm: 1 } }
        router_settings:
          num_retries: 0
          enable_tag_filtering: true
          enable_pre_call_checks: true
          model_group_alias: { other-name: large, hidden-name: { model: large, hidden: true } }
          fallbacks: [{ nowhere: [the-large-one] }]
          context_window_fallbacks: [{ small: [large] }]
        """;

    private readonly ConfigFolder _folder = new ConfigFolder().With("config.yaml", File);
    private ConfiguredGateway _gateway = null!;

    public async Task InitializeAsync() => _gateway = await ConfiguredGateway.StartAsync(_folder);

    public async Task DisposeAsync()
    {
        await _gateway.DisposeAsync();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("nowhere", "", "large")]
    [InlineData("small", "", "small")]
    [InlineData("other-name", "", "large")]
    [InlineData("hidden-name", "", "large")]
    [InlineData("the-large-one", "", "large")]
    [InlineData("tagged", "", "common")]
    [InlineData("tagged", ",\"tags\":[\"paid\"]", "paid")]
    [InlineData("tagged", ",\"metadata\":{\"tags\":[\"paid\"]}", "paid")]
    [InlineData("tagged", ",\"tags\":[\"unknown\"]", "common")]
    [InlineData("europe", ",\"allowed_model_region\":\"eu\"", "eu")]
    [InlineData("ordered", "", "second")]
    public async Task A_call_gets_where_the_file_and_its_body_send_it(string model, string members, string answered) => Assert.Equal(answered, await AnswerAsync(model, "hi", members));

    [Fact]
    public async Task An_input_that_is_too_long_for_one_goes_to_the_other() =>
        Assert.Equal("large", await AnswerAsync("small", string.Concat(Enumerable.Repeat("many words ", 50)), ""));

    [Fact]
    public async Task A_full_minute_is_told_with_its_end()
    {
        Assert.Equal("limited", await AnswerAsync("limited", "hi", ""));
        using var response = await ChatAsync("limited", "hi", "");
        // The minute may have turned between the two calls; then the next one is surely in the same.
        using var again = (int)response.StatusCode == 200 ? await ChatAsync("limited", "hi", "") : null;
        var refused = again ?? response;
        Assert.Equal(429, (int)refused.StatusCode);
        Assert.InRange(refused.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 60);
    }

    private async Task<string> AnswerAsync(string model, string content, string members)
    {
        using var response = await ChatAsync(model, content, members);
        using var body = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        Assert.True(response.IsSuccessStatusCode, body.RootElement.ToString());
        return body.RootElement.GetProperty("choices")[0].GetProperty("message").GetProperty("content").GetString()!;
    }

    private Task<HttpResponseMessage> ChatAsync(string model, string content, string members) => _gateway.Client.PostAsync(
        new Uri("/v1/chat/completions", UriKind.Relative),
        new StringContent($$"""{"model":"{{model}}","messages":[{"role":"user","content":"{{content}}"}]{{members}}}""", Encoding.UTF8, "application/json"));
}
