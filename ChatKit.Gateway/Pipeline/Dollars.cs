using System.Globalization;

namespace ChatKit.Gateway.Pipeline;

/// <summary>Money for people and programs: nano-USD as US dollars, exact, without zeros at the end and without an exponent.</summary>
internal static class Dollars
{
    private const decimal Nano = 1_000_000_000m;

    public static decimal Of(long nano) => nano / Nano;

    public static string Text(long nano) => Of(nano).ToString("0.#########", CultureInfo.InvariantCulture);
}
