using ChatKit.Gateway.Errors;
using ChatKit.Gateway.Guardrails;
using ChatKit.Gateway.Model.Guardrails;

namespace ChatKit.Gateway.Pipeline.Guarding;

/// <summary>What guardrails know of one call.</summary>
internal sealed class GuardedCall(GuardedTexts texts) : IDisposable
{
    public GuardedTexts Texts => texts;

    /// <summary>The verdict of those who judge while the provider answers.</summary>
    public Task<GatewayError?> During { get; set; } = Task.FromResult<GatewayError?>(null);

    /// <summary>Who judges the answer.</summary>
    public IReadOnlyList<Guardrail> Judges { get; } =
        [.. texts.Guardrails.Where(static one => one.Judge is not null && one.Settings.RunsAt(GuardrailModes.PostCall | GuardrailModes.LoggingOnly))];

    /// <summary>Watches the answer on its way; null where nobody looks at it.</summary>
    public GuardedAnswer? Answer { get; set; }

    public void Dispose() => Answer?.Dispose();
}
