using Xunit;

namespace ChatKit.Cli.Tests;

/// <summary>The guide's second step: each service as a process of its own, joined by nothing but <c>.env</c> and addresses.</summary>
public sealed class ServicesAloneTests : IDisposable
{
    private static readonly (string, string) AnyPort = ("ASPNETCORE_URLS", "http://127.0.0.1:0");

    private readonly TempFolder _folder = new();

    [Theory]
    [InlineData("ChatKit.Backend")]
    [InlineData("ChatKit.Worker")]
    public async Task A_service_refuses_to_start_and_names_every_problem_at_once(string service)
    {
        await using var process = CliProcess.StartService(service, _folder.Root, AnyPort, ("MODEL_PROVIDER", "litellm"), ("LITELLM_PORT", "x"));
        var result = await process.ExitAsync();

        Assert.Equal((1, ""), (result.ExitCode, result.Output));
        Assert.Equal(
            "error: DATABASE_URL is not set: write postgresql://user:password@host:5432/name or sqlite:///./data/chatkit.db; "
            + "LITELLM_PORT is not a port number; LITELLM_API_KEY is not set: it holds the key for MODEL_PROVIDER=litellm",
            result.Errors);
    }

    [Fact]
    public async Task A_worker_on_a_database_without_tables_says_what_to_run()
    {
        _folder.With(".env", "DATABASE_URL=sqlite:///chat.db\nOPENAI_API_KEY=sk-1");
        await using var worker = CliProcess.StartService("ChatKit.Worker", _folder.Root, AnyPort);
        var result = await worker.ExitAsync();

        Assert.Equal(1, result.ExitCode);
        Assert.Matches(@"^error: the database lacks \d+ migrations? of this build: run `chatkit migrate`$", result.Errors);
    }

    [Fact]
    public async Task Gateway_backend_and_worker_find_each_other_by_the_guides_file()
    {
        _folder.With("config.yaml", "model_list:\n  - model_name: demo\n    litellm_params: { model: openai/demo, mock_response: \"Tides follow the moon.\" }\n");
        _folder.With(".env", "MODEL_PROVIDER=litellm\nLITELLM_API_KEY=sk-litellm-proxy\nDATABASE_URL=sqlite:///./data/chatkit.db\n");
        await using var gateway = CliProcess.Start(_folder.Root, ["gateway", "--config", "config.yaml", "--port", "0"]);
        var gatewayUrl = Address(await gateway.LineAsync(line => line.StartsWith("Gateway: ", StringComparison.Ordinal)));
        Assert.Equal(0, (await CliProcess.RunAsync(_folder.Root, ["migrate"])).ExitCode);

        var address = ("LITELLM_API_BASE", gatewayUrl);
        await using var worker = CliProcess.StartService("ChatKit.Worker", _folder.Root, AnyPort, address);
        await using var backend = CliProcess.StartService("ChatKit.Backend", _folder.Root, AnyPort, address);
        var backendUrl = Address(await backend.LineAsync(line => line.Contains("Backend  Listening on ", StringComparison.Ordinal)));
        await worker.LineAsync(line => line.Contains("Worker  Listening on ", StringComparison.Ordinal));

        using var chat = new ChatClient(backendUrl);
        Assert.Contains("Tides follow the moon.", await chat.SendAsync(ChatClient.FirstMessage), StringComparison.Ordinal);
        Assert.NotEmpty(await chat.TitleAsync());

        foreach (var process in (CliProcess[])[backend, worker, gateway])
        {
            await process.SignalAsync("TERM");
            Assert.Equal(0, (await process.ExitAsync()).ExitCode);
        }
    }

    public void Dispose() => _folder.Dispose();

    private static string Address(string line) => line[line.IndexOf("http", StringComparison.Ordinal)..].Split(' ')[0];
}
