using System.Text;
using System.Text.Json;
using ChatKit.Gateway.Tests.Hosting;
using Xunit;

namespace ChatKit.Gateway.Tests.Endpoints;

/// <summary>Counting over HTTP: nobody is called.</summary>
public sealed class TokenCounterEndpointsTests : GatewayTest
{
    [Theory]
    [InlineData("""{"model":"gpt","prompt":"Hello world"}""", 2, "gpt-4o-upstream")]
    [InlineData("""{"model":"gpt","messages":[{"role":"user","content":"Hello world"}]}""", 9, "gpt-4o-upstream")]
    [InlineData("""{"model":"unconfigured","prompt":"Hello world"}""", 2, "unconfigured")]
    public async Task A_prompt_or_messages_are_counted_for_the_model_behind_the_name(string body, int tokens, string model)
    {
        using var response = await PostAsync(body);
        var answer = JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement;
        Assert.Equal(["total_tokens", "request_model", "model_used", "tokenizer_type"], answer.EnumerateObject().Select(member => member.Name));
        Assert.Equal((tokens, model), (answer.GetProperty("total_tokens").GetInt32(), answer.GetProperty("model_used").GetString()));
        Assert.Empty(Upstream.Requests);
    }

    [Theory]
    [InlineData("""{"prompt":"x"}""", "model")]
    [InlineData("""{"model":"gpt"}""", "messages")]
    [InlineData("""[]""", "request_body")]
    [InlineData("""{"model":""", "request_body")]
    public async Task What_is_missing_is_named(string body, string param)
    {
        using var response = await PostAsync(body);
        var error = await ErrorAnswer.ReadAsync(response);
        Assert.Equal((400, param), (error.Status, error.Param));
    }

    [Fact]
    public async Task It_asks_for_a_key()
    {
        Gateway.Client.DefaultRequestHeaders.Authorization = null;
        using var response = await PostAsync("""{"model":"gpt","prompt":"x"}""");
        Assert.Equal(401, (int)response.StatusCode);
    }

    private Task<HttpResponseMessage> PostAsync(string body) =>
        Gateway.Client.PostAsync(new Uri("/utils/token_counter", UriKind.Relative), new StringContent(body, Encoding.UTF8, "application/json"));
}
