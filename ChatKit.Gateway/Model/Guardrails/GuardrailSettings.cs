using System.Text.RegularExpressions;

namespace ChatKit.Gateway.Model.Guardrails;

/// <summary>One entry of the top-level <c>guardrails</c>: what is looked for, when, and what happens where it is found.</summary>
/// <param name="Name">As calls, keys and teams name it.</param>
/// <param name="Kind">Of which kind it is, as the file says.</param>
/// <param name="Modes">When it runs.</param>
/// <param name="DefaultOn">True where every call goes through it.</param>
internal sealed record GuardrailSettings(string Name, string Kind, GuardrailModes Modes, bool DefaultOn)
{
    /// <summary>What is looked for here.</summary>
    public IReadOnlyList<DetectionRule> Rules { get; init; } = [];

    /// <summary>Who is asked; null where nobody is.</summary>
    public JudgeSettings? Judge { get; init; }

    /// <summary>True where what was masked in a request is put back into its answer.</summary>
    public bool Unmasks { get; init; }

    public bool RunsAt(GuardrailModes mode) => (Modes & mode) != 0;
}

/// <summary>When a guardrail runs.</summary>
[Flags]
internal enum GuardrailModes
{
    None = 0,

    /// <summary>On the request, before anything is sent.</summary>
    PreCall = 1,

    /// <summary>On the request, while the provider answers; no byte of the answer leaves before the result.</summary>
    DuringCall = 2,

    /// <summary>On the answer.</summary>
    PostCall = 4,

    /// <summary>On both, for the record alone.</summary>
    LoggingOnly = 8,
}

/// <summary>One thing that is looked for.</summary>
/// <param name="Label">Its name in results and in the place of what is masked.</param>
/// <param name="Detector">How it is found.</param>
/// <param name="Blocks">True where it ends the call; else it is masked.</param>
internal sealed record DetectionRule(string Label, DetectorKind Detector, bool Blocks)
{
    /// <summary>What stands in its place, the same for all; null for <c>&lt;LABEL_1&gt;</c>, <c>&lt;LABEL_2&gt;</c> …, which can be put back.</summary>
    public string? Tag { get; init; }

    public IReadOnlyList<string> Words { get; init; } = [];

    public Regex? Pattern { get; init; }

    /// <summary>The longest text that the pattern matches: how much of a stream is looked at together.</summary>
    public int LongestMatch { get; init; } = 128;
}

/// <summary>How something is found.</summary>
internal enum DetectorKind
{
    Email,
    Phone,
    Iban,
    Card,
    Ip,
    Secret,
    Words,
    Pattern,
}

/// <summary>A service that judges texts.</summary>
/// <param name="Kind">Whose protocol it speaks.</param>
/// <param name="Address">Where it is.</param>
internal sealed record JudgeSettings(JudgeKind Kind, Uri Address)
{
    public Secret? ApiKey { get; init; }

    /// <summary>The moderation model.</summary>
    public string Model { get; init; } = "omni-moderation-latest";

    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>True where calls go on although it does not answer.</summary>
    public bool FailsOpen { get; init; }

    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    /// <summary>JSON that each question carries; empty for none.</summary>
    public ReadOnlyMemory<byte> Parameters { get; init; }
}

internal enum JudgeKind
{
    /// <summary>https://platform.openai.com/docs/api-reference/moderations</summary>
    OpenAiModeration,

    /// <summary>https://docs.litellm.ai/docs/adding_provider/generic_guardrail_api</summary>
    Webhook,
}
