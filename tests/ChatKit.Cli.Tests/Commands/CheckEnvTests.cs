using System.Text.Json;
using Xunit;

namespace ChatKit.Cli.Tests.Commands;

public sealed class CheckEnvTests : IDisposable
{
    private const string Complete = """
        export OPENAI_API_KEY="sk-proj-0123456789abcd"
        DATABASE_URL=postgresql://chatkit:hunter2hunter2@db.example/chatkit   # not asked for yet
        MODEL_PROVIDER=litellm
        LITELLM_API_KEY=sk-shared-0123456789wxyz
        """;

    private readonly TempFolder _folder = new();

    [Fact]
    public async Task It_finds_the_providers_keys_the_shared_key_and_the_database_in_the_file()
    {
        var result = await CliProcess.RunAsync(_folder.With(".env", Complete).Root, ["check-env"]);

        Assert.Equal((0, ""), (result.ExitCode, result.Errors));
        Assert.Matches("ok +OPENAI_API_KEY +…abcd +set", result.Output);
        Assert.Matches("ok +LITELLM_API_KEY +…wxyz +set", result.Output);
        Assert.Matches("ok +DATABASE_URL +…tkit +PostgreSQL", result.Output);
        Assert.Matches("missing +ANTHROPIC_API_KEY", result.Output);
        Assert.Contains("Ready to start, with 2 warnings.", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_value_is_ever_printed()
    {
        _folder.With(".env", Complete);
        foreach (var arguments in (string[][])[["check-env"], ["check-env", "--json"]])
        {
            var result = await CliProcess.RunAsync(_folder.Root, arguments, ("ANTHROPIC_API_KEY", "sk-ant-secret-0123456789"));
            foreach (var secret in (string[])["sk-proj-0123", "sk-shared", "hunter2", "db.example", "sk-ant-secret", "\e["])
                Assert.DoesNotContain(secret, result.Output + result.Errors, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task What_is_missing_is_named_and_the_exit_code_is_1()
    {
        var result = await CliProcess.RunAsync(_folder.Root, ["check-env"], ("MODEL_PROVIDER", "litellm"));

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("Cannot start: see DATABASE_URL, LITELLM_API_KEY.", result.Output, StringComparison.Ordinal);
        Assert.Contains("`chatkit up` starts all the same", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Up_is_not_offered_where_it_would_not_start_either()
    {
        var result = await CliProcess.RunAsync(_folder.Root, ["check-env"], ("LITELLM_PORT", "four thousand"));

        Assert.Equal(1, result.ExitCode);
        Assert.DoesNotContain("all the same", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_process_environment_wins_over_the_file()
    {
        var result = await CliProcess.RunAsync(_folder.With(".env", Complete).Root, ["check-env"], ("DATABASE_URL", "sqlite:///./chat.db"));
        Assert.Matches("DATABASE_URL .*an SQLite file", result.Output);
    }

    [Fact]
    public async Task Another_file_can_be_named()
    {
        _folder.With("production.env", Complete);
        var result = await CliProcess.RunAsync(_folder.Root, ["check-env", "--env-file", "production.env", "--json"]);

        Assert.Equal(0, result.ExitCode);
        using var json = JsonDocument.Parse(result.Output);
        Assert.True(json.RootElement.GetProperty("can_start").GetBoolean());
        var database = Assert.Single(
            json.RootElement.GetProperty("findings").EnumerateArray(),
            finding => finding.GetProperty("variable").GetString() == "DATABASE_URL");
        Assert.Equal(
            """{"variable":"DATABASE_URL","status":"ok","blocks":false,"last_four":"tkit","advice":"PostgreSQL"}""",
            JsonSerializer.Serialize(database));
    }

    [Fact]
    public async Task What_the_gateways_configuration_names_and_the_environment_lacks_is_missing()
    {
        _folder.With(".env", Complete).With("config.yaml", """
            model_list:
              - model_name: fast
                litellm_params: { model: mistral/mistral-small-latest, api_key: os.environ/MISTRAL_API_KEY }
              - model_name: own
                litellm_params: { model: openai/own, api_base: http://127.0.0.1:1, api_key: os.environ/MY_OWN_KEY }
            """);
        var result = await CliProcess.RunAsync(_folder.Root, ["check-env", "--config", "config.yaml"]);

        Assert.Equal((0, ""), (result.ExitCode, result.Errors));
        Assert.Matches("missing +MISTRAL_API_KEY +is not set, and config.yaml names it as os.environ/MISTRAL_API_KEY", result.Output);
        Assert.Matches("missing +MY_OWN_KEY +is not set, and config.yaml names it as os.environ/MY_OWN_KEY", result.Output);
    }

    [Fact]
    public async Task Every_mistake_in_the_gateways_configuration_is_told_with_its_line()
    {
        _folder.With(".env", Complete).With("config.yaml", "model_list:\n  - model_name: a\nrouter_settings:\n  num_retries: often\n");
        var result = await CliProcess.RunAsync(_folder.Root, ["check-env", "-c", "config.yaml"]);

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("✗ config.yaml:2 model_list[0]", result.Output, StringComparison.Ordinal);
        Assert.Contains("✗ config.yaml:4 router_settings.num_retries", result.Output, StringComparison.Ordinal);
        Assert.Contains("Cannot start: see the configuration files.", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_key_of_any_provider_is_found()
    {
        var result = await CliProcess.RunAsync(_folder.With(".env", Complete).Root, ["check-env"], ("GROQ_API_KEY", "gsk_0123456789abcd"));
        Assert.Matches("ok +GROQ_API_KEY +…abcd +set: the key of groq", result.Output);
    }

    [Fact]
    public async Task A_file_that_is_named_must_be_there()
    {
        var result = await CliProcess.RunAsync(_folder.Root, ["check-env", "--env-file", "nowhere.env"]);
        Assert.Equal((1, "error: the environment file nowhere.env is not there"), (result.ExitCode, result.Errors));
    }

    public void Dispose() => _folder.Dispose();
}
