using ChatKit.Gateway.Guardrails.Detection;
using ChatKit.Gateway.Guardrails.Judges;
using ChatKit.Gateway.Model.Guardrails;

namespace ChatKit.Gateway.Guardrails;

/// <summary>A guardrail, ready to run.</summary>
internal sealed class Guardrail(GuardrailSettings settings, IJudge? judge)
{
    public GuardrailSettings Settings => settings;

    /// <summary>Who is asked; null where nobody is.</summary>
    public IJudge? Judge => judge;

    /// <summary>What is looked for here, in the order of the rules.</summary>
    public IReadOnlyList<(DetectionRule Rule, IDetector Detector)> Detectors { get; } =
        [.. settings.Rules.SelectMany(static rule => Detection.Detectors.Of(rule).Select(detector => (rule, detector)))];
}
