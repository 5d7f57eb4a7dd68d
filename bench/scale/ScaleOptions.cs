using System.Globalization;

namespace ChatKit.Bench.Scale;

/// <summary>What the command line says.</summary>
/// <param name="Count">How many rows; null for the mode's own number.</param>
/// <param name="Databases">Empty databases to fill; none: a SQLite file in a temporary folder.</param>
internal sealed record ScaleOptions(int? Count, IReadOnlyList<string> Databases)
{
    /// <summary>Null where it makes no sense.</summary>
    public static ScaleOptions? Parse(ReadOnlySpan<string> args)
    {
        int? count = null;
        var databases = new List<string>();
        for (var i = 0; i < args.Length; i += 2)
        {
            if (i + 1 == args.Length) return null;
            if (args[i] is "--database") databases.Add(args[i + 1]);
            else if (args[i] is "--count" && int.TryParse(args[i + 1], NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out var given) && given > 0) count = given;
            else return null;
        }

        return new ScaleOptions(count, databases);
    }
}
