using System.Globalization;

namespace ChatKit.Bench.Load.Lab;

/// <summary>What one run of wrk saw.</summary>
internal sealed record WrkRun(long Requests, double PerSecond, double MedianMicroseconds, double P99Microseconds);

/// <summary>The load generator (https://github.com/wg/wrk) on the load's core.</summary>
internal sealed class Wrk(Cores cores, Workspace workspace)
{
    public const string HowToInstall = "wrk is missing. Install it: apt-get install wrk (Debian, Ubuntu), brew install wrk, or https://github.com/wg/wrk.";

    /// <summary>Sends <paramref name="body"/> over and over, on so many connections, for so long. Any error voids the run.</summary>
    public WrkRun Run(Target target, string body, int connections, TimeSpan duration)
    {
        var file = workspace.Write("body.json", body);
        var output = Tool.Run(Cores.Pin(cores.Load, Tool.Find("wrk")!,
        [
            "-t1", $"-c{connections}", $"-d{duration.TotalSeconds:0}s", "--timeout", "10s",
            "-s", Workspace.Installed("scripts", "call.lua"), $"{target.Address}v1/chat/completions", "--", file, target.Key,
        ]));
        var line = output.Split('\n').FirstOrDefault(line => line.StartsWith("RESULT ", StringComparison.Ordinal))
            ?? throw new RunVoidException($"wrk printed no result:\n{output}");
        var numbers = line.Split(' ').Skip(1).Select(number => long.Parse(number, CultureInfo.InvariantCulture)).ToArray();
        var (requests, microseconds, transportErrors, statusErrors) = (numbers[0], numbers[1], numbers[2], numbers[3]);
        if (requests == 0 || transportErrors + statusErrors > 0)
        {
            throw new RunVoidException($"{target.Name}: {requests} calls, {transportErrors} transport errors, {statusErrors} error statuses. The run is void.");
        }

        return new(requests, requests * 1e6 / microseconds, numbers[4], numbers[5]);
    }
}
