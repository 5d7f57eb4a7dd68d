using System.Text;
using System.Text.Json;
using ChatKit.Gateway.Model;
using ChatKit.Gateway.Tests.Hosting;
using ChatKit.Testing.Upstream;
using Xunit;

namespace ChatKit.Gateway.Tests.Endpoints;

/// <summary>A gateway in front of a strict fake of everything that OpenAI does besides chat.</summary>
public abstract class ModalityTest : GatewayTest
{
    private protected override UpstreamDialect Dialect => new OpenAiOperationsDialect();

    /// <summary>Posts JSON, as it stands.</summary>
    private protected Task<HttpResponseMessage> PostAsync(string path, string body) => Gateway.Client.SendAsync(
        new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(body, Encoding.UTF8, "application/json") }, HttpCompletionOption.ResponseHeadersRead);

    /// <summary>Posts JSON and reads the answer to a success.</summary>
    private protected async Task<string> AskAsync(string path, string body)
    {
        using var response = await PostAsync(path, body);
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, text);
        return text;
    }

    /// <summary>Posts JSON and reads the error.</summary>
    private protected async Task<ErrorAnswer> RefusedAsync(string path, string body)
    {
        using var response = await PostAsync(path, body);
        return await ErrorAnswer.ReadAsync(response);
    }

    private protected static JsonElement Json(string text) => JsonSerializer.Deserialize<JsonElement>(text);

    /// <summary>A deployment of the group <c>gpt</c> that stands for another vendor.</summary>
    private protected Deployment Of(string provider, string id = "d1") => GatewayHost.At(Upstream, id) with { Provider = provider };
}
