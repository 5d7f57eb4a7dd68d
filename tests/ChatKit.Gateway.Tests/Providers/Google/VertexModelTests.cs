using ChatKit.Gateway.Providers.Google;
using Xunit;

namespace ChatKit.Gateway.Tests.Providers.Google;

public sealed class VertexModelTests
{
    [Theory]
    [InlineData("gemini-2.5-pro", "publishers/google/models/gemini-2.5-pro:generateContent")]
    [InlineData("claude-sonnet-4@20250514", "publishers/anthropic/models/claude-sonnet-4@20250514:generateContent")]
    [InlineData("1234567890", "endpoints/1234567890:generateContent")]
    [InlineData("gemini/1234567890", "endpoints/1234567890:generateContent")]
    [InlineData("endpoints/123", "endpoints/123:generateContent")]
    [InlineData("publishers/meta/models/llama-4", "publishers/meta/models/llama-4:generateContent")]
    [InlineData("odd?name", "publishers/google/models/odd%3Fname:generateContent")]
    public void A_model_has_a_place(string model, string path) => Assert.Equal(path, VertexModel.Operation(model, "generateContent"));
}
