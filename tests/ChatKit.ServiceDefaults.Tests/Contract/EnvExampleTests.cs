using ChatKit.ServiceDefaults.Configuration;
using ChatKit.ServiceDefaults.Contract;
using Xunit;

namespace ChatKit.ServiceDefaults.Tests.Contract;

/// <summary><c>.env.example</c> and the contract say the same.</summary>
public sealed class EnvExampleTests
{
    private static readonly string Root = FindRoot();

    private static readonly string Example = File.ReadAllText(Path.Combine(Root, ".env.example"));

    [Fact]
    public void Every_declared_variable_stands_in_the_example_with_its_sample()
    {
        var lines = Example.Split('\n').Select(line => line.TrimStart('#')).ToHashSet();
        Assert.All(DeclaredVariables.All, variable => Assert.Contains($"{variable.Name}={variable.Sample}", lines));
    }

    [Fact]
    public void Copied_unchanged_it_starts_and_its_keys_are_told_as_samples()
    {
        var settings = Settings.Of([.. DotEnvFile.Parse(Example).Select(variable => (variable.Key, (string?)variable.Value))]);
        var findings = EnvironmentAudit.Run(settings, ServiceKind.Gateway, ServiceKind.Backend, ServiceKind.Worker);
        Assert.DoesNotContain(findings, finding => finding.Blocks);
        Assert.Equal(
            ["OPENAI_API_KEY", "ANTHROPIC_API_KEY", "MISTRAL_API_KEY", "LITELLM_API_KEY"],
            findings.Where(finding => finding.Advice.Contains("sample value", StringComparison.Ordinal)).Select(finding => finding.Variable));
    }

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "ChatKit.sln")))
            folder = folder.Parent ?? throw new InvalidOperationException("ChatKit.sln was not found above the tests.");
        return folder.FullName;
    }
}
