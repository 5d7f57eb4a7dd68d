using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace ChatKit.Bench.Scale.Chat;

/// <summary>The backend as <c>dotnet ChatKit.Backend.dll</c> runs it, with rate limits off, and what the kernel says about it.</summary>
internal sealed class BackendProcess : IDisposable
{
    private readonly Process _process;

    private BackendProcess(Process process, Uri address)
    {
        _process = process;
        Client = new HttpClient(new SocketsHttpHandler { ActivityHeadersPropagator = null }) { BaseAddress = address, Timeout = TimeSpan.FromMinutes(5) };
    }

    public HttpClient Client { get; }

    /// <summary>Resident memory in bytes.</summary>
    public long ResidentBytes => long.Parse(
        File.ReadLines($"/proc/{_process.Id}/status").First(static line => line.StartsWith("VmRSS:", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1],
        CultureInfo.InvariantCulture) * 1024;

    public TimeSpan ProcessorTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    public static async Task<BackendProcess> StartAsync(string databaseUrl, string gateway)
    {
        var port = FreePort();
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "ChatKit.Backend.dll")])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetTempPath(),
            Environment =
            {
                ["DATABASE_URL"] = databaseUrl,
                ["MODEL_PROVIDER"] = "litellm",
                ["LITELLM_API_BASE"] = gateway,
                ["LITELLM_API_KEY"] = "sk-scale",
                ["ASPNETCORE_URLS"] = $"http://127.0.0.1:{port}",
                ["CHATKIT_RATE_LIMIT"] = "0",
                ["Logging__LogLevel__Default"] = "Warning",
            },
        };
        var backend = new BackendProcess(Process.Start(start)!, new Uri($"http://127.0.0.1:{port}"));
        var said = new List<string>();
        backend._process.OutputDataReceived += (_, line) => said.Add(line.Data ?? "");
        backend._process.ErrorDataReceived += (_, line) => said.Add(line.Data ?? "");
        backend._process.BeginOutputReadLine();
        backend._process.BeginErrorReadLine();
        while (!await backend.AnswersAsync())
        {
            if (backend._process.HasExited) throw new InvalidOperationException($"The backend did not start: {string.Join('\n', said)}");
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
        }

        return backend;
    }

    public void Dispose()
    {
        Client.Dispose();
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }

    private async Task<bool> AnswersAsync()
    {
        try
        {
            using var answer = await Client.GetAsync(new Uri("/health", UriKind.Relative));
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
