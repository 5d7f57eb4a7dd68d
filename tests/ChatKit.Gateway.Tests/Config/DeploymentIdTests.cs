using Xunit;

namespace ChatKit.Gateway.Tests.Config;

public sealed class DeploymentIdTests
{
    [Fact]
    public void The_id_depends_on_the_parameters_and_not_on_their_order() =>
        Assert.Equal(IdOf("{ model: openai/m, rpm: 1, api_key: k }"), IdOf("{ api_key: k, model: openai/m, rpm: 1 }"));

    [Theory]
    [InlineData("{ model: openai/m, rpm: 2, api_key: k }")]
    [InlineData("{ model: openai/m, rpm: 1, api_key: j }")]
    [InlineData("{ model: openai/n, rpm: 1, api_key: k }")]
    public void Any_other_parameter_is_another_id(string parameters) =>
        Assert.NotEqual(IdOf("{ model: openai/m, rpm: 1, api_key: k }"), IdOf(parameters));

    [Fact]
    public void The_id_is_the_same_on_every_machine() =>
        Assert.Equal("65ec650c8de498bb07c3c5361ef1fc84de4321c219e009c901ef3b9fc3878003", IdOf("{ model: ollama/m }"));

    [Fact]
    public void Twins_are_told_apart()
    {
        var ids = ConfigFolder.Bind(
            """
            model_list:
              - &entry { model_name: m, litellm_params: { model: ollama/m } }
              - *entry
            """).Groups["m"].Deployments.Select(deployment => deployment.Id).ToList();
        Assert.Equal(ids[0] + "-2", ids[1]);
    }

    private static string IdOf(string parameters) =>
        ConfigFolder.Bind($"model_list: [{{ model_name: m, litellm_params: {parameters} }}]").Groups["m"].Deployments[0].Id;
}
