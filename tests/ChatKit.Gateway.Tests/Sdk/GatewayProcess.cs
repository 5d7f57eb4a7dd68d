using System.Diagnostics;
using System.Text.RegularExpressions;
using ChatKit.Data.Gateway;
using ChatKit.ServiceDefaults.Database;
using ChatKit.Testing.Upstream;
using Xunit;

namespace ChatKit.Gateway.Tests.Sdk;

/// <summary>The gateway as people run it: its own process, from a config.yaml, in front of a fake of each dialect (models <c>gpt</c>, <c>claude</c> and <c>gemini</c>; <c>claude-older</c> has no structured output).</summary>
public sealed partial class GatewayProcess : IAsyncDisposable
{
    public const string Key = "sk-master-0123456789abcdef";

    private readonly Process _process;
    private readonly string _folder;

    private GatewayProcess(Process process, string folder, Uri address) => (_process, _folder, Address) = (process, folder, address);

    public Uri Address { get; }

    public static async Task<GatewayProcess> StartAsync(FakeUpstream openAi, FakeUpstream anthropic, FakeUpstream gemini)
    {
        var folder = Directory.CreateTempSubdirectory("chatkit-sdk-").FullName;
        var config = Path.Combine(folder, "config.yaml");
        await File.WriteAllTextAsync(
            config,
            $$"""
            model_list:
              - model_name: gpt
                litellm_params: { model: openai/gpt-4o, api_base: "{{openAi.ApiBase}}", api_key: "{{openAi.ApiKey}}" }
              - model_name: claude
                litellm_params: { model: anthropic/claude-sonnet-4-6, api_base: "{{anthropic.ApiBase}}", api_key: "{{anthropic.ApiKey}}" }
              - model_name: claude-older
                litellm_params: { model: anthropic/claude-sonnet-4-20250514, api_base: "{{anthropic.ApiBase}}", api_key: "{{anthropic.ApiKey}}" }
              - model_name: gemini
                litellm_params: { model: gemini/gemini-3.5-flash, api_base: "{{gemini.ApiBase}}", api_key: "{{gemini.ApiKey}}" }
            router_settings: { num_retries: 0 }
            general_settings: { master_key: "{{Key}}" }
            """);
        var start = new ProcessStartInfo("dotnet", Path.Combine(AppContext.BaseDirectory, "ChatKit.Gateway.dll"))
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var name in start.Environment.Keys.Except(["PATH", "HOME", "TMPDIR", "DOTNET_ROOT"]).ToList()) start.Environment.Remove(name);
        start.Environment["DATABASE_URL"] = await MigratedAsync(folder);
        start.Environment["ASPNETCORE_URLS"] = "http://127.0.0.1:0";
        start.Environment["CONFIG_FILE_PATH"] = config;
        // The host says where it listens, which is how the free port is learnt.
        start.Environment["Logging__LogLevel__Microsoft.Hosting.Lifetime"] = "Information";
        var process = Process.Start(start)!;
        try
        {
            return new GatewayProcess(process, folder, await ReadAddressAsync(process));
        }
        catch
        {
            process.Kill();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>A database for what the gateway keeps.</summary>
    private static async Task<string> MigratedAsync(string folder)
    {
        var url = $"sqlite:///{Path.Combine(folder, "gateway.db")}";
        Assert.True(DatabaseTarget.TryParse(url, out var target, out var problem), problem);
        await GatewayMigrator.MigrateAsync(target);
        return url;
    }

    /// <summary>Waits for the line that says where it listens; afterwards drains its output, so that it never waits for a reader.</summary>
    private static async Task<Uri> ReadAddressAsync(Process process)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        var said = new List<string>();
        while (await process.StandardOutput.ReadLineAsync(patience.Token) is { } line)
        {
            said.Add(line);
            if (Address_().Match(line) is not { Success: true } address) continue;
            _ = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
            _ = process.StandardError.ReadToEndAsync(CancellationToken.None);
            return new Uri(address.Value);
        }

        throw new InvalidOperationException($"The gateway did not start.\n{string.Join('\n', said)}\n{await process.StandardError.ReadToEndAsync(patience.Token)}");
    }

    [GeneratedRegex(@"http://127\.0\.0\.1:\d+")]
    private static partial Regex Address_();
}
