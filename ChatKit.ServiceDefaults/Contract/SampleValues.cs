using System.Text.RegularExpressions;

namespace ChatKit.ServiceDefaults.Contract;

/// <summary>Recognises values that nobody has filled in: the sample of <c>.env.example</c>, and what other examples write in such places.</summary>
internal static partial class SampleValues
{
    public static bool Has(EnvironmentVariable variable, string value) =>
        string.Equals(value, variable.Sample, StringComparison.OrdinalIgnoreCase) || LooksUnfilled(value);

    public static bool LooksUnfilled(string value) => Placeholder().IsMatch(value);

    [GeneratedRegex(@"^(sk-|sk-ant-)?(x{3,}|\.{3}|…|\*{3,}|1234|test|todo|none|changeme)$|[<>]|\byour[-_]|change[-_]?me|replace[-_]?me|placeholder|_here$|-here$", RegexOptions.IgnoreCase)]
    private static partial Regex Placeholder();
}
