using System.Diagnostics;
using System.Text.RegularExpressions;
using ChatKit.Testing.Upstream;
using Xunit;

namespace ChatKit.Browser.Tests.EndToEnd;

/// <summary>The whole product as a newcomer starts it, <c>chatkit up</c>, with a fake provider behind its gateway.</summary>
public sealed partial class RunningChatKit : IAsyncLifetime
{
    private static readonly string[] Inherited = ["PATH", "HOME", "TMPDIR", "DOTNET_ROOT", "DOTNET_CLI_HOME"];

    private readonly string _folder = Directory.CreateTempSubdirectory("chatkit-page-").FullName;
    private Task<string>? _starting;
    private Process? _process;

    /// <summary>Answers every call that the gateway makes.</summary>
    public FakeUpstream Provider { get; private set; } = null!;

    /// <summary>The address of the chat page, once everything runs; the first test that asks starts it.</summary>
    public Task<string> AddressAsync() => _starting ??= StartAsync();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        if (_process is not null)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
            _process.Dispose();
            await Provider.DisposeAsync();
        }

        Directory.Delete(_folder, recursive: true);
    }

    private async Task<string> StartAsync()
    {
        Provider = await FakeUpstream.StartAsync();
        var config = Path.Combine(_folder, "config.yaml");
        await File.WriteAllTextAsync(config, $"""
            model_list:
              - model_name: storyteller
                litellm_params:
                  model: openai/gpt-fake
                  api_base: {Provider.ApiBase}
                  api_key: {Provider.ApiKey}
            """);
        _process = Launch("up", "--port", "0", "--backend-port", "0", "--data", _folder, "--config", config);
        return await PageAddressAsync(_process);
    }

    private Process Launch(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "chatkit.dll"), .. arguments])
        {
            WorkingDirectory = _folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var name in start.Environment.Keys.Except(Inherited).ToList())
            start.Environment.Remove(name);
        return Process.Start(start)!;
    }

    /// <summary>The process says where the page is once everything answers; what it says after that is read too, so that it never waits for a reader.</summary>
    private static async Task<string> PageAddressAsync(Process process)
    {
        var found = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        var said = new List<string>();
        void Read(string? line)
        {
            if (line is null) return;
            lock (said) said.Add(line);
            if (PageLine().Match(line) is { Success: true } match) found.TrySetResult(match.Groups[1].Value);
        }

        process.OutputDataReceived += (_, line) => Read(line.Data);
        process.ErrorDataReceived += (_, line) => Read(line.Data);
        process.Exited += (_, _) => found.TrySetException(new InvalidOperationException("chatkit up ended."));
        process.EnableRaisingEvents = true;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        try
        {
            return await found.Task.WaitAsync(TimeSpan.FromSeconds(60));
        }
        catch (Exception failure) when (failure is TimeoutException or InvalidOperationException)
        {
            lock (said) throw new InvalidOperationException($"The page never came up:\n{string.Join('\n', said)}", failure);
        }
    }

    [GeneratedRegex(@"\bChat\s+(http://\S+)")]
    private static partial Regex PageLine();
}
