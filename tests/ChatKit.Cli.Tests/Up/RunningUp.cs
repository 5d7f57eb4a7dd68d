using System.Text.RegularExpressions;

namespace ChatKit.Cli.Tests.Up;

/// <summary><c>chatkit up</c> as a process on free ports, with a client for what it serves.</summary>
internal sealed partial class RunningUp : IAsyncDisposable
{
    private RunningUp(CliProcess process, string backend, string gateway)
    {
        (Process, Backend, Gateway) = (process, backend, gateway);
        Chat = new ChatClient(backend);
    }

    public CliProcess Process { get; }

    public ChatClient Chat { get; }

    public HttpClient Http => Chat.Http;

    /// <summary>Address of the page.</summary>
    public string Backend { get; }

    /// <summary>Address of the API, with <c>/v1</c>.</summary>
    public string Gateway { get; }

    /// <summary>Starts it in a folder and returns once it says that it runs.</summary>
    public static async Task<RunningUp> StartAsync(string folder, string[] options, params (string, string)[] environment)
    {
        var process = CliProcess.Start(folder, ["up", "--port", "0", "--backend-port", "0", .. options], environment);
        try
        {
            await process.LineAsync(line => line.Contains("Ctrl-C", StringComparison.Ordinal));
            var addresses = Addresses().Matches(process.Output).ToDictionary(match => match.Groups["what"].Value, match => match.Groups["url"].Value);
            return new(process, addresses["Chat"], addresses["API"]);
        }
        catch
        {
            await process.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        Chat.Dispose();
        await Process.DisposeAsync();
    }

    [GeneratedRegex(@"^ *(?<what>Chat|API) +(?<url>http://\S+)", RegexOptions.Multiline)]
    private static partial Regex Addresses();
}
