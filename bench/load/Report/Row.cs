using System.Globalization;

namespace ChatKit.Bench.Load.Report;

/// <summary>
/// One line of the result: what each target took and, where the measure is judged, how the gateway stands to its bar. Null where there is nothing to say.
/// </summary>
internal sealed record Row(string Measure, string? Bare, string? Gateway, string? Nginx = null, string? Figure = null, string? Bar = null, bool? Passes = null)
{
    /// <summary>A judged row whose figure is the gateway's own number.</summary>
    public static Row Judge(string measure, string? bare, double gateway, double bar, string format) =>
        new(measure, bare, Format(gateway, format), null, Format(gateway, format), $"≤ {Format(bar, format)}", gateway <= bar);

    /// <summary>As composite format strings: <c>"{0:0.0} µs"</c>.</summary>
    public static string Format(double value, string format) => string.Format(CultureInfo.InvariantCulture, format, value);
}
