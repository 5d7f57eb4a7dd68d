using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;

namespace ChatKit.Bench.Scale.Keys;

/// <summary>The gateway's own process, from its start until it has answered a call for a virtual key: how long that takes, and how much
/// work of a processor it is, which does not depend on who else works there.</summary>
internal static class GatewayStart
{
    public static async Task<(TimeSpan Took, TimeSpan Processor)> MeasureAsync(string databaseUrl, string key)
    {
        var port = FreePort();
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "ChatKit.Gateway.dll")])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["DATABASE_URL"] = databaseUrl, ["LITELLM_MASTER_KEY"] = KeySpine.MasterKey, ["LITELLM_PORT"] = $"{port}", ["CONFIG_FILE_PATH"] = KeySpine.Configuration(), ["Logging__LogLevel__Default"] = "Warning" },
            WorkingDirectory = Path.GetTempPath(),
        };
        var began = TimeProvider.System.GetTimestamp();
        using var process = Process.Start(start)!;
        try
        {
            process.OutputDataReceived += static (_, _) => { };
            process.ErrorDataReceived += static (_, _) => { };
            process.BeginOutputReadLine();
            process.BeginErrorReadLine();
            using var client = new HttpClient(new SocketsHttpHandler { ConnectTimeout = TimeSpan.FromSeconds(1) }) { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
            while (!await AnswersAsync(client))
            {
                if (process.HasExited) throw new InvalidOperationException("The gateway did not start.");
                await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System);
            }

            var took = TimeProvider.System.GetElapsedTime(began);
            process.Refresh();
            return (took, process.TotalProcessorTime);
        }
        finally
        {
            process.Kill();
            await process.WaitForExitAsync();
        }
    }

    private static async Task<bool> AnswersAsync(HttpClient client)
    {
        try
        {
            using var answer = await client.PostAsync(new Uri("/v1/chat/completions", UriKind.Relative), new StringContent("""{"model":"demo","messages":[{"role":"user","content":"hi"}]}"""));
            return answer.StatusCode == HttpStatusCode.OK;
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
