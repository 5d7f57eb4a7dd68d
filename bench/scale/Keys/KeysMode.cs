using System.Globalization;
using System.Text;
using ChatKit.Bench.Scale.Report;
using ChatKit.ServiceDefaults.Database;

namespace ChatKit.Bench.Scale.Keys;

/// <summary>A million keys in the database: how soon the gateway is there, and how long the spine takes to know who calls.</summary>
internal sealed class KeysMode : IScaleMode
{
    private const int Million = 1_000_000;

    public string Name => "keys";

    public string What => "a million virtual keys: start-up, lookup warm and cold, a flood of unknown keys";

    public async Task RunAsync(ScaleOptions options)
    {
        var count = options.Count ?? Million;
        var folder = Directory.CreateTempSubdirectory("chatkit-scale-").FullName;
        var report = new StringBuilder();
        try
        {
            IReadOnlyList<string> urls = options.Databases.Count > 0 ? options.Databases : [$"sqlite:///{Path.Combine(folder, "keys.db")}"];
            foreach (var url in urls) report.AppendLine(await MeasureAsync(url, count));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }

        ScaleFile.Write(Name, report.ToString());
    }

    private static async Task<string> MeasureAsync(string url, int count)
    {
        if (!DatabaseTarget.TryParse(url, out var target, out var wrong)) throw new ArgumentException(wrong);
        Console.WriteLine($"{target.Kind}: filling in {count} keys");
        var began = TimeProvider.System.GetTimestamp();
        await KeyTable.FillAsync(target, count);
        Console.WriteLine($"  took {Durations.Show(TimeProvider.System.GetElapsedTime(began))}");

        var (starts, work) = (new Durations(), new Durations());
        for (var run = 0; run < 5; run++)
        {
            var (took, processor) = await GatewayStart.MeasureAsync(url, KeyTable.KeyOf(run));
            starts.Add(took);
            work.Add(processor);
        }

        Console.WriteLine($"  start-up {starts}");
        await using var spine = await KeySpine.StartAsync(url, count);
        var cold = await spine.ColdAsync(2000);
        var flood = await spine.FloodAsync(100_000);
        var bytes = await spine.WarmUpAsync(Math.Min(count, 100_000));
        var warm = await spine.WarmAsync(2_000_000);
        return string.Create(CultureInfo.InvariantCulture,
            $"""
            ## {target.Kind}, {count:N0} keys, 100,000 users, 1,000 teams

            | measure | p50 | p99 | p99.9 | worst |
            |---|---|---|---|---|
            | process start to the first call answered for a virtual key ({starts.Count} starts; bar: 3 s) | {starts} |
            | the same, as time of one processor | {work} |
            | who calls, key in memory ({warm.Count:N0} lookups over {Math.Min(count, 100_000):N0} keys; bar: p99 50 µs) | {warm} |
            | who calls, key read from the database ({cold.Count:N0}) | {cold} |

            A key in memory takes {bytes:N0} bytes. {flood.Keys:N0} unknown keys at once were refused in {Durations.Show(flood.Took)} ({flood.Keys / flood.Took.TotalSeconds:N0} a second);
            the same again, out of memory, in {Durations.Show(flood.Again)}; after that {flood.StillKnown} of 1,000 known keys were still in memory.

            """);
    }
}
