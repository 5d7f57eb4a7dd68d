using Xunit;

namespace ChatKit.Gateway.Tests.Config;

public sealed class AuditTests
{
    [Fact]
    public void The_audit_tells_everything_without_starting_anything()
    {
        using var folder = new ConfigFolder()
            .Set("TOGETHER_API_KEY", "k").Set("OPENAI_API_KEY", "k").Set("GROQ_API_KEY", " ")
            .With(
                "config.yaml",
                """
                model_list:
                  - { model_name: a, litellm_params: { model: openai/a, api_key: os.environ/OPENAI_API_KEY } }
                  - { model_name: b, litellm_params: { model: mistral/b, api_key: os.environ/MISTRAL_API_KEY, rpm: x } }
                  - { model_name: c, litellm_params: { model: groq/c, extra_headers: { X: os.environ/HEADER } } }
                """);
        var audit = GatewayConfigurationAudit.Of(folder.Configuration());
        Assert.Equal(folder.File, audit.File);
        Assert.Equal(["model_list[1].litellm_params.rpm"], audit.Problems.Select(problem => problem.Path));
        Assert.Equal(3, audit.Warnings.Count);
        Assert.Equal(["HEADER", "MISTRAL_API_KEY"], audit.MissingVariables);
        Assert.Equal([new("openai", "OPENAI_API_KEY"), new ProviderKey("together_ai", "TOGETHER_API_KEY")], audit.ProviderKeys);
    }

    [Fact]
    public void Without_a_file_the_environment_is_audited()
    {
        using var folder = new ConfigFolder().Set("ANTHROPIC_API_KEY", "k");
        var audit = GatewayConfigurationAudit.Of(folder.Configuration());
        Assert.Null(audit.File);
        Assert.Empty(audit.Problems);
        Assert.Equal(["anthropic"], audit.ProviderKeys.Select(key => key.Provider));
    }
}
