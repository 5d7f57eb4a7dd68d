using System.Diagnostics;
using ChatKit.Bench.Load.Lab;
using ChatKit.Bench.Load.Report;

namespace ChatKit.Bench.Load.Measures;

/// <summary>From starting the gateway's process to its first answered call.</summary>
internal sealed class StartUp : IMeasure
{
    private const int Starts = 5;

    public string Name => "start";

    public async Task<IReadOnlyList<Row>> RunAsync(Laboratory lab)
    {
        List<double> seconds = [];
        for (var start = 0; start < Starts; start++)
        {
            var began = Stopwatch.GetTimestamp();
            var gateway = lab.LaunchGateway();
            await gateway.WaitAsync(() => Answers.ArePlainAsync(gateway.Address));
            seconds.Add(Stopwatch.GetElapsedTime(began).TotalSeconds);
            lab.Stop(gateway);
        }

        return [Row.Judge("start to first answer", null, seconds.Median(), 1.5, "{0:0.00} s")];
    }
}
