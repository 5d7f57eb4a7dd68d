using Xunit;

namespace ChatKit.Gateway.Tests.Config;

/// <summary><c>credential_list</c>: values with a name, which deployments refer to.</summary>
public sealed class NamedCredentialTests
{
    [Fact]
    public void A_deployment_gets_what_its_credential_says_and_it_does_not()
    {
        using var folder = new ConfigFolder().Set("EU_KEY", "sk-eu").With("config.yaml", """
            credential_list:
              - credential_name: eu
                credential_values: { api_key: os.environ/EU_KEY, api_base: https://eu.example.com/v1 }
                credential_info: { description: production }
            model_list:
              - model_name: a
                litellm_params: { model: openai/x, litellm_credential_name: eu }
              - model_name: b
                litellm_params: { model: openai/x, litellm_credential_name: eu, api_base: https://own.example.com/v1 }
            """);

        var snapshot = folder.Snapshot();

        var (a, b) = (snapshot.Groups["a"].Deployments[0], snapshot.Groups["b"].Deployments[0]);
        Assert.Equal(("https://eu.example.com/v1", "sk-eu"), (a.BaseAddress!.AbsoluteUri, a.ApiKey!.Reveal()));
        Assert.Equal(("https://own.example.com/v1", "sk-eu"), (b.BaseAddress!.AbsoluteUri, b.ApiKey!.Reveal()));
        Assert.DoesNotContain("sk-eu", System.Text.Encoding.UTF8.GetString(a.ShownParameters.Span));
        Assert.Empty(folder.Warnings());
    }

    [Fact]
    public void A_credential_that_is_not_there_is_a_problem_with_its_place() => Assert.Equal(
        ["config.yaml:6 model_list[0].litellm_params.litellm_credential_name: no credential of credential_list is called 'ue'; did you mean eu?"],
        ConfigFolder.ProblemsOf("""
            credential_list:
              - credential_name: eu
                credential_values: { api_key: sk-x }
            model_list:
              - model_name: a
                litellm_params: { model: openai/x, litellm_credential_name: ue }
            """));

    [Theory]
    [InlineData("- { credential_values: { api_key: x } }", "credential_list[0].credential_name: is required")]
    [InlineData("- { credential_name: a }", "credential_list[0].credential_values: is required")]
    [InlineData("- { credential_name: a, credential_values: { api_key: x } }\n  - { credential_name: a, credential_values: { api_key: y } }", "'a' is the name of another credential too")]
    [InlineData("- a", "must be a mapping with credential_name and credential_values")]
    public void What_is_wrong_with_a_credential_is_said(string entry, string problem) =>
        Assert.Contains(ConfigFolder.ProblemsOf($"credential_list:\n  {entry}\nmodel_list: []\n"), line => line.Contains(problem, StringComparison.Ordinal));
}
