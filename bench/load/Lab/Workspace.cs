using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace ChatKit.Bench.Load.Lab;

/// <summary>A folder for the run's files, which goes with it; free ports; a clean environment.</summary>
internal sealed class Workspace : IDisposable
{
    private static readonly string[] Basics = ["PATH", "HOME", "DOTNET_ROOT", "TMPDIR", "LANG"];

    public string Folder { get; } = Directory.CreateTempSubdirectory("chatkit-bench-").FullName;

    /// <summary>A file that was installed beside this program.</summary>
    public static string Installed(params string[] path) => Path.Combine([AppContext.BaseDirectory, .. path]);

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public string Write(string name, string text)
    {
        var path = Path.Combine(Folder, name);
        File.WriteAllText(path, text);
        return path;
    }

    public static void KeepOnlyBasics(IDictionary<string, string?> environment)
    {
        foreach (var name in environment.Keys.Except(Basics).ToArray())
        {
            environment.Remove(name);
        }
    }

    /// <summary>Keeps what the process prints, to be shown when it fails.</summary>
    public string LogTo(string name, Process process)
    {
        var path = Path.Combine(Folder, name);
        var writer = TextWriter.Synchronized(new StreamWriter(path) { AutoFlush = true });
        process.OutputDataReceived += (_, line) => writer.WriteLine(line.Data);
        process.ErrorDataReceived += (_, line) => writer.WriteLine(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return path;
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
