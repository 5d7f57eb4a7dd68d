using ChatKit.ServiceDefaults.Contract;
using Xunit;

namespace ChatKit.ServiceDefaults.Tests.Contract;

/// <summary>Settings about people that cannot be meant: the backend does not start on a guess.</summary>
public sealed class AccessProblemsTests
{
    private const string Secret = "0123456789abcdef0123456789abcdef";

    [Theory]
    [InlineData("ADMIN_EMAIL=a@example.com", "ADMIN_PASSWORD", "is not set: the account")]
    [InlineData("ADMIN_PASSWORD=correct horse battery", "ADMIN_EMAIL", "is not set")]
    [InlineData("ADMIN_EMAIL=root;ADMIN_PASSWORD=correct horse battery", "ADMIN_EMAIL", "is not an e-mail address")]
    [InlineData("ADMIN_EMAIL=a@example.com;ADMIN_PASSWORD=hunter2", "ADMIN_PASSWORD", "fewer than 12 characters")]
    [InlineData("ADMIN_EMAIL=a@example.com;ADMIN_PASSWORD=your-own-long-sentence", "ADMIN_PASSWORD", "too easily guessed")]
    [InlineData("AUTH_SECRET_KEY=short", "AUTH_SECRET_KEY", "fewer than 32 bytes")]
    [InlineData("AUTH_SECRET_KEY=your-secret-of-at-least-32-characters", "AUTH_SECRET_KEY", "a sample")]
    [InlineData($"AUTH_SECRET_KEY={Secret};AUTH_JWKS_URL=https://a.example/keys;AUTH_AUDIENCE=chatkit", "AUTH_JWKS_URL", "both set")]
    [InlineData("AUTH_JWKS_URL=https://a.example/keys", "AUTH_AUDIENCE", "for other applications")]
    [InlineData("AUTH_ISSUER=https://a.example", "AUTH_AUDIENCE", "for other applications")]
    [InlineData("AUTH_ISSUER=http://a.example;AUTH_AUDIENCE=chatkit", "AUTH_ISSUER", "not an https address")]
    [InlineData("AUTH_ISSUER=a company;AUTH_AUDIENCE=chatkit", "AUTH_ISSUER", "not an https address")]
    [InlineData("AUTH_JWKS_URL=http://a.example/keys;AUTH_AUDIENCE=chatkit", "AUTH_JWKS_URL", "not an https address")]
    [InlineData("AUTH_AUDIENCE=chatkit", "AUTH_AUDIENCE", "neither")]
    [InlineData("CHATKIT_ANONYMOUS=everyone", "CHATKIT_ANONYMOUS", "none of loopback, anyone and none")]
    [InlineData("CHATKIT_RATE_LIMIT=-1", "CHATKIT_RATE_LIMIT", "not a whole number")]
    [InlineData("CHATKIT_UPLOAD_LIMIT=many", "CHATKIT_UPLOAD_LIMIT", "not a whole number")]
    [InlineData("CHATKIT_USER_BUDGET=ten", "CHATKIT_USER_BUDGET", "not a number of US dollars")]
    [InlineData("CHATKIT_USER_BUDGET=10;LITELLM_MASTER_KEY=", "CHATKIT_USER_BUDGET", "needs LITELLM_MASTER_KEY")]
    [InlineData("CHATKIT_USER_BUDGET=10;MODEL_PROVIDER=openai;OPENAI_API_KEY=sk-0123456789", "CHATKIT_USER_BUDGET", "needs MODEL_PROVIDER=litellm")]
    [InlineData("CHATKIT_USER_BUDGET_DURATION=a month", "CHATKIT_USER_BUDGET_DURATION", "not a duration")]
    public void A_setting_that_cannot_be_meant_blocks(string given, string variable, string reason)
    {
        var blocking = Assert.Single(Audit(given), finding => finding.Blocks);

        Assert.Equal(variable, blocking.Variable);
        Assert.Contains(reason, blocking.Advice, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ADMIN_EMAIL=a@example.com;ADMIN_PASSWORD=correct horse battery")]
    [InlineData($"AUTH_SECRET_KEY={Secret}")]
    [InlineData($"AUTH_SECRET_KEY={Secret};AUTH_ISSUER=my-shop;AUTH_AUDIENCE=chatkit")]
    [InlineData("AUTH_ISSUER=https://a.example;AUTH_AUDIENCE=chatkit")]
    [InlineData("AUTH_ISSUER=http://127.0.0.1:5000;AUTH_AUDIENCE=chatkit")]
    [InlineData("AUTH_ISSUER=my-shop;AUTH_JWKS_URL=https://a.example/keys;AUTH_AUDIENCE=chatkit")]
    [InlineData("CHATKIT_USER_BUDGET=0.50;CHATKIT_USER_BUDGET_DURATION=30d")]
    public void What_can_be_meant_blocks_nothing(string given) => Assert.DoesNotContain(Audit(given), finding => finding.Blocks);

    [Theory]
    [InlineData("elevenchars", "fewer")]
    [InlineData("aaaaaaaaaaaaaaaa", "repeats")]
    [InlineData("Password123456!", "guessed")]
    [InlineData("motdepasse2026", "guessed")]
    [InlineData("1234567890123", "guessed")]
    [InlineData("maria.smith@example.com", "guessed")]
    [InlineData("mariasmith123", "guessed")]
    [InlineData("change-me-please-now", "guessed")]
    [InlineData("correct horse battery", null)]
    [InlineData("8391640275183", null)]
    [InlineData("пароль из слов", null)]
    public void A_password_is_long_and_not_guessed(string password, string? reason)
    {
        var problem = PasswordRule.Problem(password, "maria.smith@example.com");

        if (reason is null)
            Assert.Null(problem);
        else
            Assert.Contains(reason, problem, StringComparison.Ordinal);
    }

    [Fact]
    public void A_password_longer_than_any_is_refused() => Assert.Contains("more than 256", PasswordRule.Problem(string.Concat(Enumerable.Repeat("abcdefgh", 40)), "a@b.c"), StringComparison.Ordinal);

    private static IReadOnlyList<Finding> Audit(string given)
    {
        var variables = new Dictionary<string, string?>
        {
            ["DATABASE_URL"] = "sqlite:///a.db",
            ["MODEL_PROVIDER"] = "litellm",
            ["LITELLM_API_KEY"] = "sk-0123456789abcdef",
            ["LITELLM_MASTER_KEY"] = "sk-0123456789abcdef",
        };
        foreach (var pair in given.Split(';').Select(pair => pair.Split('=', 2)))
            variables[pair[0]] = pair[1];
        return EnvironmentAudit.Run(Settings.Of([.. variables.Select(variable => (variable.Key, variable.Value))]), ServiceKind.Backend);
    }
}
