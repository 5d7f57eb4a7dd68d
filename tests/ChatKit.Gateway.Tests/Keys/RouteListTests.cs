using ChatKit.Gateway.Model;
using Xunit;

namespace ChatKit.Gateway.Tests.Keys;

public sealed class RouteListTests
{
    [Theory]
    [InlineData("/chat/completions", "/chat/completions", true)]
    [InlineData("/chat/completions", "/Chat/Completions/", true)]
    [InlineData("/chat/completions", "/v1/chat/completions", false)]
    [InlineData("/v1/*", "/V1/chat/completions", true)]
    [InlineData("/v1/*", "/key/generate", false)]
    [InlineData("*", "/anything", true)]
    [InlineData("llm_api_routes", "/v1/chat/completions", true)]
    [InlineData("llm_api_routes", "/engines/gpt/chat/completions", true)]
    [InlineData("llm_api_routes", "/v1/messages", true)]
    [InlineData("llm_api_routes", "/v1beta/models/g:generateContent", true)]
    [InlineData("llm_api_routes", "/anthropic/v1/messages", true)]
    [InlineData("llm_api_routes", "/key/generate", false)]
    [InlineData("llm_api_routes", "/team/new", false)]
    [InlineData("openai_routes", "/v1/messages", false)]
    [InlineData("openai_routes", "/v1/responses/r1/input_items", true)]
    [InlineData("anthropic_routes", "/v1/messages/count_tokens", true)]
    [InlineData("management_routes", "/key/generate", true)]
    [InlineData("management_routes", "/key/abc/regenerate", true)]
    [InlineData("management_routes", "/model/new", true)]
    [InlineData("management_routes", "/v1/chat/completions", false)]
    [InlineData("info_routes", "/key/info", true)]
    [InlineData("info_routes", "/key/generate", false)]
    [InlineData("info_routes", "/model/info", true)]
    [InlineData("LiteLLMRoutes.public_routes", "/health/readiness", true)]
    [InlineData("LiteLLMRoutes.public_routes", "/health", false)]
    public void A_list_includes_paths_patterns_and_groups(string entry, string path, bool included) =>
        Assert.Equal(included, RouteList.Of([entry])!.Includes(path));

    [Theory]
    [InlineData("/x", true)]
    [InlineData("llm_api_routes", true)]
    [InlineData("LiteLLMRoutes.info_routes", true)]
    [InlineData("*", true)]
    [InlineData("llm_routes", false)]
    [InlineData("key/generate", false)]
    public void What_is_neither_a_path_nor_a_group_is_told(string entry, bool valid) => Assert.Equal(valid, RouteList.IsValid(entry));
}
