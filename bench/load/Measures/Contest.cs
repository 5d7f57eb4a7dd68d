using ChatKit.Bench.Load.Lab;
using ChatKit.Bench.Load.Report;

namespace ChatKit.Bench.Load.Measures;

/// <summary>
/// The same done to each target in turn, round after round, so that whatever else the machine is doing meets all of them alike.
/// </summary>
internal sealed class Contest<T>
    where T : class
{
    private readonly List<Round> _rounds = [];

    public static async Task<Contest<T>> RunAsync(Laboratory lab, bool withNginx, Action<Target> warmUp, Func<Target, T> measure)
    {
        var bare = await lab.StartBareAsync();
        var gateway = await lab.StartGatewayAsync();
        var nginx = withNginx ? await lab.StartNginxAsync() : null;
        var contest = new Contest<T>();
        warmUp(bare);
        warmUp(gateway);
        for (var number = 0; number < lab.Options.Rounds; number++)
            contest._rounds.Add(new Round(measure(bare), measure(gateway), nginx is null ? null : measure(nginx)));

        foreach (var target in new[] { bare, gateway, nginx }.OfType<Target>())
        {
            lab.Stop(target);
        }

        return contest;
    }

    /// <summary>A judged row: the figure relates gateway to bare within each round.</summary>
    public Row Judge(string measure, Func<T, double> value, string format, Func<double, double, double> relate, double bar, string figureFormat)
    {
        var figure = _rounds.Select(round => relate(value(round.Gateway), value(round.Bare))).Median();
        return new(
            measure,
            Median(round => round.Bare, value, format),
            Median(round => round.Gateway, value, format),
            Median(round => round.Nginx, value, format),
            Row.Format(figure, figureFormat),
            $"≤ {Row.Format(bar, figureFormat)}",
            figure <= bar);
    }

    /// <summary>A row beside the judged ones.</summary>
    public Row Show(string measure, Func<T, double> value, string format) => new(
        measure,
        Median(round => round.Bare, value, format),
        Median(round => round.Gateway, value, format),
        Median(round => round.Nginx, value, format));

    private string? Median(Func<Round, T?> target, Func<T, double> value, string format)
    {
        var values = _rounds.Select(target).OfType<T>().Select(value).ToArray();
        return values.Length == 0 ? null : Row.Format(values.Median(), format);
    }

    private sealed record Round(T Bare, T Gateway, T? Nginx);
}
