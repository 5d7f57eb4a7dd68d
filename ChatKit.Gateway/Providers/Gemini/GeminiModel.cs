using System.Globalization;
using System.Text.RegularExpressions;

namespace ChatKit.Gateway.Providers.Gemini;

/// <summary>What follows from a model's name: its generation, on which the words for thinking, schemas and signatures depend (https://ai.google.dev/gemini-api/docs/models).</summary>
/// <param name="Major">0 where the name says nothing: <c>gemini-flash-latest</c>, a tuned model's number.</param>
/// <param name="Minor">The 5 of <c>gemini-2.5-pro</c>.</param>
/// <param name="Variant">The rest: <c>pro</c>, <c>flash-lite-preview-06-17</c>.</param>
internal readonly partial record struct GeminiModel(int Major, int Minor, string Variant)
{
    public static GeminiModel Of(string name)
    {
        var match = Version().Match(name);
        return match.Success ? new GeminiModel(Number(match.Groups[1]), Number(match.Groups[2]), match.Groups[3].Value) : new GeminiModel(0, 0, name);
    }

    public bool IsPro => Variant.StartsWith("pro", StringComparison.Ordinal);

    /// <summary>Before 2.5, no model thought.</summary>
    public bool Thinks => Major is 0 or > 2 || (Major == 2 && Minor >= 5);

    /// <summary>Thinking is asked for in levels, not in tokens.</summary>
    public bool HasThinkingLevels => Major >= 3;

    /// <summary>A function call is taken back only with the signature that came with it; what has no version is the newest.</summary>
    public bool RequiresSignatures => Major >= 3 || (Major == 0 && Variant.StartsWith("gemini-", StringComparison.Ordinal));

    /// <summary>The answer of a function may hold media, and an image says how closely it is to be looked at.</summary>
    public bool HasRichParts => Major >= 3;

    /// <summary>Schemas are JSON Schema; the first generation knows only a subset of OpenAPI's.</summary>
    public bool ReadsJsonSchema => Major != 1;

    private static int Number(Group group) => group.Success ? int.Parse(group.ValueSpan, CultureInfo.InvariantCulture) : 0;

    [GeneratedRegex(@"(?:^|/)gemini-(\d{1,4})(?:\.(\d{1,4}))?-?(.*)$")]
    private static partial Regex Version();
}
