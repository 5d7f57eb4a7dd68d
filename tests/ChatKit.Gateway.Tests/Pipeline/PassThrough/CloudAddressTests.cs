using ChatKit.Gateway.Pipeline.PassThrough;
using Xunit;

namespace ChatKit.Gateway.Tests.Pipeline.PassThrough;

/// <summary>Clouds have a host for each place and kind of work.</summary>
public sealed class CloudAddressTests
{
    [Theory]
    [InlineData("v1/projects/p/locations/europe-west4/publishers/google/models/g:generateContent", "https://europe-west4-aiplatform.googleapis.com/", "v1/projects/p/locations/europe-west4/publishers/google/models/g:generateContent")]
    [InlineData("v1beta1/projects/p/locations/global/cachedContents", "https://aiplatform.googleapis.com/", "v1beta1/projects/p/locations/global/cachedContents")]
    [InlineData("projects/p/locations/us-east5/endpoints/1", "https://us-east5-aiplatform.googleapis.com/", "v1/projects/p/locations/us-east5/endpoints/1")]
    [InlineData("publishers/google/models/g:countTokens", "https://us-central1-aiplatform.googleapis.com/v1/projects/own/locations/us-central1", "publishers/google/models/g:countTokens")]
    [InlineData("v1/projects/p/locations/evil.example%2f/x", "https://us-central1-aiplatform.googleapis.com/v1/projects/own/locations/us-central1", "v1/projects/p/locations/evil.example%2f/x")]
    public void Vertex_is_where_the_path_says(string path, string target, string below)
    {
        var configured = new Uri("https://us-central1-aiplatform.googleapis.com/v1/projects/own/locations/us-central1");

        var (address, rest) = VertexAddress.Of(configured, path);

        Assert.Equal((target, below), (address.AbsoluteUri, rest));
    }

    [Theory]
    [InlineData("https://bedrock-runtime.eu-west-1.amazonaws.com", "agents/A/agentAliases/B/sessions/C/text", "https://bedrock-agent-runtime.eu-west-1.amazonaws.com/")]
    [InlineData("https://bedrock-runtime.eu-west-1.amazonaws.com", "knowledgebases/K/retrieve", "https://bedrock-agent-runtime.eu-west-1.amazonaws.com/")]
    [InlineData("https://bedrock-runtime.eu-west-1.amazonaws.com", "model/agents/invoke", "https://bedrock-runtime.eu-west-1.amazonaws.com/")]
    [InlineData("https://vpce.example", "agents/A", "https://vpce.example/")]
    public void Bedrock_s_agents_have_a_host_of_their_own(string runtime, string path, string target) => Assert.Equal(target, BedrockAddress.Of(new Uri(runtime), path).AbsoluteUri);
}
