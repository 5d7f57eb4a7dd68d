using System.Collections.Frozen;

namespace ChatKit.Backend.Tools.Calculator;

/// <summary>What an expression may call. Decimal where that is exact; roots, logarithms and angles by double, to 15 digits.</summary>
internal static class Functions
{
    private const int LargestFactorial = 27;

    private static readonly FrozenDictionary<string, Func<IReadOnlyList<decimal>, decimal>> All = new Dictionary<string, Func<IReadOnlyList<decimal>, decimal>>
    {
        ["abs"] = x => Math.Abs(One(x)),
        ["round"] = Round,
        ["floor"] = x => Math.Floor(One(x)),
        ["ceil"] = x => Math.Ceiling(One(x)),
        ["min"] = x => Some(x).Min(),
        ["max"] = x => Some(x).Max(),
        ["sum"] = x => Some(x).Sum(),
        ["avg"] = x => Some(x).Average(),
        ["factorial"] = Factorial,
        ["sqrt"] = x => Root(One(x)),
        ["exp"] = x => Exact(Math.Exp((double)One(x))),
        ["ln"] = x => Exact(Math.Log((double)Positive(x))),
        ["log10"] = x => Exact(Math.Log10((double)Positive(x))),
        ["log2"] = x => Exact(Math.Log2((double)Positive(x))),
        ["sin"] = x => Exact(Math.Sin((double)One(x))),
        ["cos"] = x => Exact(Math.Cos((double)One(x))),
        ["tan"] = x => Exact(Math.Tan((double)One(x))),
        ["asin"] = x => Exact(Math.Asin((double)One(x))),
        ["acos"] = x => Exact(Math.Acos((double)One(x))),
        ["atan"] = x => Exact(Math.Atan((double)One(x))),
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    public static IEnumerable<string> Names => All.Keys.Order(StringComparer.Ordinal);

    public static decimal Call(string name, IReadOnlyList<decimal> arguments) => All.TryGetValue(name, out var function)
        ? function(arguments)
        : throw new ExpressionException($"There is no function `{name}`.");

    public static decimal Constant(string name) => name.ToLowerInvariant() switch
    {
        "pi" => 3.1415926535897932384626433833m,
        "e" => 2.7182818284590452353602874714m,
        _ => throw new ExpressionException($"`{name}` is not known."),
    };

    /// <summary>Exact for whole exponents, by squaring.</summary>
    public static decimal Power(decimal value, decimal exponent)
    {
        if (exponent != decimal.Truncate(exponent) || Math.Abs(exponent) > 1000)
            return Exact(Math.Pow((double)value, (double)exponent));
        var (result, factor, left) = (1m, value, (int)Math.Abs(exponent));
        while (left > 0)
        {
            if ((left & 1) == 1)
                result *= factor;
            left >>= 1;
            if (left > 0)
                factor *= factor;
        }

        return exponent < 0 ? 1 / result : result;
    }

    /// <summary>By Newton, from the double's root: 28 digits.</summary>
    private static decimal Root(decimal value)
    {
        if (value < 0)
            throw new ExpressionException("A negative number has no square root.");
        if (value == 0)
            return 0;
        var root = (decimal)Math.Sqrt((double)value);
        for (var i = 0; i < 3; i++)
            root = (root + (value / root)) / 2;
        return root;
    }

    private static decimal Round(IReadOnlyList<decimal> x) => x.Count switch
    {
        1 => Math.Round(x[0], MidpointRounding.AwayFromZero),
        2 when x[1] is >= 0 and <= 28 => Math.Round(x[0], (int)x[1], MidpointRounding.AwayFromZero),
        _ => throw new ExpressionException("round takes a number, and from 0 to 28 digits."),
    };

    private static decimal Factorial(IReadOnlyList<decimal> x)
    {
        var n = One(x);
        if (n < 0 || n > LargestFactorial || n != decimal.Truncate(n))
            throw new ExpressionException($"factorial takes a whole number from 0 to {LargestFactorial}.");
        return Enumerable.Range(1, (int)n).Aggregate(1m, (product, i) => product * i);
    }

    private static decimal Exact(double value) => double.IsFinite(value) ? (decimal)value : throw new ExpressionException("The result is not a number.");

    private static decimal One(IReadOnlyList<decimal> x) => x is [var only] ? only : throw new ExpressionException("The function takes one number.");

    private static decimal Positive(IReadOnlyList<decimal> x) => One(x) > 0 ? x[0] : throw new ExpressionException("A logarithm takes a positive number.");

    private static IReadOnlyList<decimal> Some(IReadOnlyList<decimal> x) => x.Count > 0 ? x : throw new ExpressionException("The function takes at least one number.");
}
