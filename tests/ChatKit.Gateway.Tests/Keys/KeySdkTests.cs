using System.ClientModel;
using System.ClientModel.Primitives;
using ChatKit.ServiceDefaults.Database;
using OpenAI;
using OpenAI.Chat;
using Xunit;

namespace ChatKit.Gateway.Tests.Keys;

/// <summary>OpenAI's own package for .NET with a virtual key: it calls, lists, and understands why it may not.</summary>
public sealed class KeySdkTests : KeyedGatewayTest
{
    [SkippableTheory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.PostgreSql)]
    public async Task A_virtual_key_is_a_key_to_OpenAIs_client(DatabaseKind kind)
    {
        var gateway = await StartAsync(kind);
        var key = await gateway.KeyAsync("""{"models":["fast"],"aliases":{"gpt-4o":"fast"}}""");
        var client = new OpenAIClient(new ApiKeyCredential(key), new OpenAIClientOptions { Endpoint = new Uri(gateway.Client.BaseAddress!, "v1"), RetryPolicy = new ClientRetryPolicy(maxRetries: 0) });

        ChatCompletion answer = await client.GetChatClient("gpt-4o").CompleteChatAsync("hi");
        Assert.Equal(("Hello from the fake upstream.", "gpt-4o"), (answer.Content[0].Text, answer.Model));
        var streamed = "";
        await foreach (var update in client.GetChatClient("fast").CompleteChatStreamingAsync("hi")) streamed += string.Concat(update.ContentUpdate.Select(static part => part.Text));
        Assert.NotEmpty(streamed);
        Assert.Equal(["fast"], (await client.GetOpenAIModelClient().GetModelsAsync()).Value.Select(static model => model.Id));

        var denied = await Assert.ThrowsAsync<ClientResultException>(() => client.GetChatClient("smart").CompleteChatAsync("hi"));
        Assert.Equal(403, denied.Status);
        Assert.Contains("key_model_access_denied", denied.Message, StringComparison.Ordinal);
        await gateway.PostAsync("/key/delete", $$"""{"keys":["{{key}}"]}""");
        Assert.Equal(401, (await Assert.ThrowsAsync<ClientResultException>(() => client.GetChatClient("fast").CompleteChatAsync("hi"))).Status);
    }
}
