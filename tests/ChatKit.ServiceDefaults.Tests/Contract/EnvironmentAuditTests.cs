using ChatKit.ServiceDefaults.Contract;
using Xunit;
using static ChatKit.ServiceDefaults.Contract.FindingStatus;

namespace ChatKit.ServiceDefaults.Tests.Contract;

public sealed class EnvironmentAuditTests
{
    private static readonly ServiceKind[] Everything = [ServiceKind.Gateway, ServiceKind.Backend, ServiceKind.Worker];

    /// <summary>What the guide lets people write.</summary>
    private static readonly (string, string?)[] Guide =
    [
        ("OPENAI_API_KEY", "sk-proj-0123456789abcd"), ("ANTHROPIC_API_KEY", "sk-ant-0123456789abcd"), ("MISTRAL_API_KEY", "0123456789abcdefwxyz"),
        ("DATABASE_URL", "postgresql://chatkit:hunter2hunter2@db/chatkit"), ("MODEL_PROVIDER", "litellm"), ("LITELLM_PORT", "4000"),
        ("LITELLM_API_BASE", "http://127.0.0.1:4000"), ("LITELLM_API_KEY", "sk-0123456789abcdef"), ("LITELLM_MASTER_KEY", "sk-0123456789abcdef"),
        ("ALLOWED_ORIGINS", "https://chat.example.com, https://other.example.com"),
    ];

    [Fact]
    public void A_complete_environment_is_ok_throughout() =>
        Assert.All(Audit(Guide), finding => Assert.True(finding is { Status: Ok, Blocks: false }, $"{finding.Variable} {finding.Advice}"));

    [Fact]
    public void Every_declared_variable_is_judged_once() =>
        Assert.Equal(DeclaredVariables.All.Select(variable => variable.Name), Audit(Guide).Select(finding => finding.Variable));

    [Theory]
    [InlineData("OPENAI_API_KEY", "sk-your-openai-key", Warning, "sample value")]
    [InlineData("OPENAI_API_KEY", "sk-xxxx", Warning, "sample value")]
    [InlineData("OPENAI_API_KEY", "<your key>", Warning, "sample value")]
    [InlineData("OPENAI_API_KEY", "0123456789abcdef", Warning, "does not begin with sk-")]
    [InlineData("OPENAI_API_KEY", null, Missing, "OpenAI")]
    [InlineData("ANTHROPIC_API_KEY", "sk-ant-your-anthropic-key", Warning, "sample value")]
    [InlineData("MISTRAL_API_BASE", "api.mistral.ai", Invalid, "http(s)")]
    [InlineData("DATABASE_URL", "sqlite://", Warning, "in memory")]
    [InlineData("MODEL_PROVIDER", null, Warning, "OpenAI directly")]
    [InlineData("LITELLM_PORT", null, Ok, "4000")]
    [InlineData("LITELLM_API_BASE", "http://localhost:4001", Warning, "another port than LITELLM_PORT")]
    [InlineData("LITELLM_API_KEY", "sk-litellm-proxy", Warning, "differs from LITELLM_MASTER_KEY")]
    [InlineData("LITELLM_MASTER_KEY", null, Warning, "LITELLM_API_KEY stands in")]
    [InlineData("LITELLM_MASTER_KEY", "sk-your-master-key", Warning, "sample value")]
    [InlineData("CONFIG_FILE_PATH", "/nowhere/config.yaml", Invalid, "not there")]
    [InlineData("STORE_MODEL_IN_DB", "yes", Warning, "neither true nor false")]
    [InlineData("ALLOWED_ORIGINS", null, Warning, "own page")]
    [InlineData("CHATKIT_ANONYMOUS", "anyone", Warning, "a proxy before it")]
    [InlineData("CHATKIT_ANONYMOUS", "none", Ok, "everyone signs in")]
    [InlineData("CHATKIT_ANONYMOUS", null, Ok, "people at this machine")]
    [InlineData("AUTH_SECRET_KEY", "0123456789abcdef0123456789abcdef", Ok, "tokens that a host application")]
    [InlineData("CHATKIT_USER_BUDGET", "2.50", Ok, "set")]
    [InlineData("CHATKIT_USER_BUDGET_DURATION", "1mo", Ok, "set")]
    [InlineData("CHATKIT_RATE_LIMIT", "0", Ok, "set")]
    [InlineData("MODEL_API_KEY_ENV", "LITELLM_API_KEY", Ok, "is set")]
    [InlineData("LITELLM_LOG", "LOUD", Warning, "DEBUG, INFO")]
    [InlineData("JSON_LOGS", "1", Warning, "neither true nor false")]
    public void A_variable_that_is_not_as_it_should_be_is_told_but_stops_nothing(string variable, string? value, FindingStatus status, string advice)
    {
        var finding = Of(Audit([.. Guide.Where(v => v.Item1 != variable), (variable, value)]), variable);
        Assert.Equal((status, false), (finding.Status, finding.Blocks));
        Assert.Contains(advice, finding.Advice, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("DATABASE_URL", null, Missing, "is not set: write postgresql://")]
    [InlineData("DATABASE_URL", "chatkit.db", Invalid, "has no scheme")]
    [InlineData("LITELLM_PORT", "tcp://10.0.0.1:4000", Invalid, "is not a port number")]
    [InlineData("LITELLM_API_KEY", " ", Missing, "is not set: it holds the key for MODEL_PROVIDER=litellm")]
    [InlineData("LITELLM_API_BASE", "127.0.0.1:4000", Invalid, "is not an http(s) address")]
    [InlineData("ALLOWED_ORIGINS", "*", Invalid, "must list origins")]
    [InlineData("ALLOWED_ORIGINS", "chat.example.com", Invalid, "lists something that is not an origin")]
    [InlineData("CHATKIT_ANONYMOUS", "everyone", Invalid, "is none of loopback, anyone and none")]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT", "collector", Invalid, "must be an http")]
    public void What_keeps_a_service_from_starting_blocks(string variable, string? value, FindingStatus status, string advice)
    {
        var finding = Of(Audit([.. Guide.Where(v => v.Item1 != variable), (variable, value)]), variable);
        Assert.Equal((status, true), (finding.Status, finding.Blocks));
        Assert.StartsWith(advice, finding.Advice, StringComparison.Ordinal);
    }

    [Fact]
    public void An_undeclared_variable_that_holds_the_key_is_judged_too()
    {
        var findings = Audit([.. Guide, ("MODEL_API_KEY_ENV", "MY_OWN_KEY")]);
        Assert.True(Of(findings, "MY_OWN_KEY").Blocks);
        Assert.Equal(Missing, Of(findings, "MODEL_API_KEY_ENV").Status);
    }

    [Fact]
    public void The_salt_is_missing_only_where_the_database_keeps_keys()
    {
        Assert.Equal(Ok, Of(Audit(Guide), "LITELLM_SALT_KEY").Status);
        Assert.Equal(Missing, Of(Audit([.. Guide, ("STORE_MODEL_IN_DB", "True")]), "LITELLM_SALT_KEY").Status);
    }

    [Fact]
    public void An_OpenAI_key_of_another_address_may_look_as_it_likes() =>
        Assert.Equal(Ok, Of(Audit([.. Guide.Skip(1), ("OPENAI_API_KEY", "0123456789abcdef"), ("OPENAI_API_BASE", "http://localhost:1234")]), "OPENAI_API_KEY").Status);

    [Fact]
    public void The_gateway_alone_needs_neither_database_nor_key() =>
        Assert.DoesNotContain(EnvironmentAudit.Run(Settings.Of(), ServiceKind.Gateway), finding => finding.Blocks);

    [Fact]
    public void Only_the_last_four_characters_of_a_value_are_ever_shown()
    {
        var settings = Guide.ToDictionary(variable => variable.Item1, variable => variable.Item2!);
        foreach (var finding in Audit(Guide).Where(finding => settings.ContainsKey(finding.Variable)))
        {
            var value = settings[finding.Variable];
            Assert.Equal(value.Length > 12 ? value[^4..] : null, finding.LastFour);
            Assert.DoesNotContain(value.Length > 12 ? value : $"={value}x", finding.Advice, StringComparison.Ordinal);
        }
    }

    private static IReadOnlyList<Finding> Audit(params (string, string?)[] variables) => EnvironmentAudit.Run(Settings.Of(variables), Everything);

    private static Finding Of(IEnumerable<Finding> findings, string variable) => Assert.Single(findings, finding => finding.Variable == variable);
}
