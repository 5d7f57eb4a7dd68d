using ChatKit.Gateway.Tests.Hosting;
using Xunit;

namespace ChatKit.Gateway.Tests.Model;

/// <summary>An address is worked out once and must never be somebody else's.</summary>
public sealed class DeploymentAddressTests
{
    [Fact]
    public void Each_operation_and_model_has_its_own_address_whatever_was_asked_before()
    {
        var azure = GatewayHost.At("https://one.example/base/") with { OperationPath = "deployments/{model}/{operation}?api-version=1" };

        for (var round = 0; round < 2; round++)
        {
            Assert.Equal("https://one.example/base/deployments/gpt%2F4/chat/completions?api-version=1", azure.AddressOf("chat/completions", "gpt/4")!.AbsoluteUri);
            Assert.Equal("https://one.example/base/deployments/gpt%2F4/embeddings?api-version=1", azure.AddressOf("embeddings", "gpt/4")!.AbsoluteUri);
            Assert.Equal("https://one.example/base/deployments/other/embeddings?api-version=1", azure.AddressOf("embeddings", "other")!.AbsoluteUri);
        }
    }

    [Fact]
    public void A_copy_with_another_base_has_another_address()
    {
        var deployment = GatewayHost.At("https://one.example/v1");
        Assert.Equal("https://one.example/v1/chat", deployment.AddressOf("chat", "m")!.AbsoluteUri);

        var moved = deployment with { BaseAddress = new Uri("https://two.example/v1") };

        Assert.Equal(("https://two.example/v1/chat", "https://two.example/v1"), (moved.AddressOf("chat", "m")!.AbsoluteUri, moved.ShownBase));
    }

    [Fact]
    public void What_clients_see_holds_neither_query_nor_password() =>
        Assert.Equal("https://host.example:8443/v1", GatewayHost.At("https://user:secret@host.example:8443/v1?key=secret").ShownBase);
}
