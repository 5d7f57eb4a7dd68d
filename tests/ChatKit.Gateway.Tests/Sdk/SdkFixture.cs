using System.Diagnostics;
using ChatKit.Gateway.Tests.Providers.Conformance;
using ChatKit.Testing;
using ChatKit.Testing.Upstream;
using Xunit;

namespace ChatKit.Gateway.Tests.Sdk;

/// <summary>One gateway process and one fake of each dialect, for all SDKs; and the npm packages, installed once.</summary>
public sealed class SdkFixture : IAsyncLifetime
{
    private const int OldestNode = 20;

    private static readonly string Folder = Path.Combine(Golden.Root, "tests/sdk");

    public FakeUpstream OpenAi { get; private set; } = null!;

    public FakeUpstream Anthropic { get; private set; } = null!;

    public FakeUpstream Gemini { get; private set; } = null!;

    public GatewayProcess Gateway { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        OpenAi = await StartAsync(new ResponsesDialect(), "/responses", SdkScenario.Of(ResponsesVoice), SdkScenario.Of(new OpenAiSubject()));
        Anthropic = await StartAsync(new AnthropicDialect(), "/count_tokens", Replies.Json("""{"input_tokens":14}"""), SdkScenario.Of(new AnthropicSubject()));
        Gemini = await FakeUpstream.StartAsync(new GeminiDialect());
        Gemini.Always = SdkScenario.Of(new GeminiSubject());
        Gateway = await GatewayProcess.StartAsync(OpenAi, Anthropic, Gemini);
    }

    public async Task DisposeAsync()
    {
        await Gateway.DisposeAsync();
        await Gemini.DisposeAsync();
        await Anthropic.DisposeAsync();
        await OpenAi.DisposeAsync();
    }

    /// <summary>Runs one file of tests/sdk and fails with what it printed.</summary>
    /// <param name="file">The file.</param>
    /// <param name="gateway">The gateway that it talks to; null for the shared one.</param>
    internal async Task RunNodeAsync(string file, Uri? gateway = null)
    {
        var node = await VersionAsync();
        Requirement.Need("node", node >= OldestNode, node is null ? "it is not installed" : $"version {node} is older than {OldestNode}");
        await InstallAsync();
        var (exitCode, output) = await RunAsync(gateway ?? Gateway.Address, "node", "--test", "--test-reporter=spec", file);
        Assert.True(exitCode == 0, output);
        Assert.Matches(@"pass [1-9]", output);
    }

    private static SdkVoice ResponsesVoice => new(
        ResponsesReplies.Text, static (status, message) => OpenAiReplies.Error(status, message, "some_error"), ResponsesReplies.OneTwo, ResponsesReplies.ToolCalls);

    /// <summary>A provider with two APIs, told apart by how the path ends.</summary>
    private static async Task<FakeUpstream> StartAsync(UpstreamDialect dialect, string path, Reply there, Reply elsewhere)
    {
        var upstream = await FakeUpstream.StartAsync(dialect);
        upstream.Always = (request, http) => (request.Path.EndsWith(path, StringComparison.Ordinal) ? there : elsewhere)(request, http);
        return upstream;
    }

    private async Task<int?> VersionAsync()
    {
        try
        {
            var (_, version) = await RunAsync("node", "--version");
            return int.Parse(version.TrimStart('v').Split('.')[0], null);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }

    /// <summary>As the lock file says; nothing to do where that has been done already.</summary>
    private async Task InstallAsync()
    {
        var installed = new FileInfo(Path.Combine(Folder, "node_modules/.package-lock.json"));
        if (installed.Exists && installed.LastWriteTimeUtc >= File.GetLastWriteTimeUtc(Path.Combine(Folder, "package-lock.json"))) return;
        var (exitCode, output) = await RunAsync("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund");
        Assert.True(exitCode == 0, output);
    }

    private Task<(int ExitCode, string Output)> RunAsync(string program, params string[] arguments) => RunAsync(Gateway.Address, program, arguments);

    private static async Task<(int ExitCode, string Output)> RunAsync(Uri gateway, string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = Folder, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["GATEWAY_ADDRESS"] = gateway.GetLeftPart(UriPartial.Authority);
        start.Environment["GATEWAY_KEY"] = GatewayProcess.Key;
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(5));
        await process.WaitForExitAsync(patience.Token);
        return (process.ExitCode, await output + await errors);
    }
}

/// <summary>The tests that share the fixture run one after another, so that what the fakes received can be told apart.</summary>
[CollectionDefinition(Name)]
public sealed class SdkTests : ICollectionFixture<SdkFixture>
{
    public const string Name = "SDKs";
}
