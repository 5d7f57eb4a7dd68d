using System.Net;
using System.Net.Sockets;
using Xunit;

namespace ChatKit.Cli.Tests.Commands;

/// <summary>What a person can put right is told in one sentence: exit code 1, no stack trace, nothing left running.</summary>
public sealed class RefusalTests : IDisposable
{
    private readonly TempFolder _folder = new();

    [Theory]
    [InlineData("up")]
    [InlineData("gateway")]
    public async Task A_port_in_use(string command)
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;
        await IsRefused([command, "--port", $"{port}"], $"http://127.0.0.1:{port}", "address already in use");
    }

    [Fact]
    public async Task The_pages_port_in_use()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;
        await IsRefused(["up", "--port", "0", "--backend-port", $"{port}"], $"http://127.0.0.1:{port}", "address already in use");
    }

    [Theory]
    [InlineData("up")]
    [InlineData("gateway")]
    public async Task A_configuration_that_is_not_there(string command) =>
        await IsRefused([command, "--port", "0", "--config", "nowhere.yaml"], "nowhere.yaml");

    [Theory]
    [InlineData("up")]
    [InlineData("gateway")]
    public async Task A_configuration_that_is_not_valid_with_every_mistake_and_its_line(string command)
    {
        _folder.With("config.yaml", "model_list:\n  - model_name: a\nrouter_settings:\n  num_retries: often\n");
        var errors = await Errors([command, "--port", "0", "--config", "config.yaml"]);
        Assert.Contains("config.yaml:2 model_list[0]", errors, StringComparison.Ordinal);
        Assert.Contains("config.yaml:4 router_settings.num_retries", errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_data_folder_that_cannot_be_written()
    {
        _folder.With("file", "not a folder");
        await IsRefused(["up", "--port", "0", "--data", "file/data"], "the SQLite file of --data cannot be used");
    }

    [Theory]
    [InlineData("DATABASE_URL", "chatkit.db", "DATABASE_URL has no scheme")]
    [InlineData("DATABASE_URL", "postgresql://u:hunter2@127.0.0.1:1/chatkit", "the PostgreSQL database of DATABASE_URL cannot be used")]
    [InlineData("LITELLM_PORT", "x", "LITELLM_PORT is not a port number")]
    [InlineData("MODEL_PROVIDER", "openai", "OPENAI_API_KEY is not set")]
    [InlineData("ALLOWED_ORIGINS", "*", "ALLOWED_ORIGINS must list origins")]
    public async Task A_variable_that_cannot_be_used(string variable, string value, string because)
    {
        var arguments = variable == "LITELLM_PORT" ? (string[])["up"] : ["up", "--port", "0", "--backend-port", "0"];
        await IsRefused(arguments, [because], (variable, value));
    }

    [Theory]
    [InlineData("up")]
    [InlineData("gateway")]
    public async Task A_gateway_that_is_open_to_the_network_without_a_key(string command) =>
        await IsRefused([command, "--port", "0", "--host", "0.0.0.0"], "--host 0.0.0.0 opens the gateway to the network: set LITELLM_MASTER_KEY");

    [Theory]
    [InlineData("up", "--port", "70000")]
    [InlineData("up", "--port", "four")]
    [InlineData("up", "--no-such-option")]
    [InlineData("no-such-command")]
    public async Task A_command_line_that_cannot_be_understood(params string[] arguments) => Assert.NotEqual("", await Errors(arguments));

    private Task IsRefused(string[] arguments, params string[] because) => IsRefused(arguments, because, []);

    private async Task IsRefused(string[] arguments, string[] because, params (string, string)[] environment)
    {
        var errors = await Errors(arguments, environment);
        Assert.StartsWith("error: ", errors, StringComparison.Ordinal);
        Assert.All(because, text => Assert.Contains(text, errors, StringComparison.Ordinal));
        Assert.DoesNotContain('\n', errors.Trim());
        Assert.DoesNotContain("hunter2", errors, StringComparison.Ordinal);
    }

    private async Task<string> Errors(string[] arguments, params (string, string)[] environment)
    {
        var result = await CliProcess.RunAsync(_folder.Root, arguments, environment);
        Assert.Equal(1, result.ExitCode);
        Assert.DoesNotContain("Ctrl-C", result.Output, StringComparison.Ordinal);
        return result.Errors;
    }

    public void Dispose() => _folder.Dispose();
}
