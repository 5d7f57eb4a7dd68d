using ChatKit.Gateway.Guardrails.Judges;
using ChatKit.Gateway.Model.Guardrails;

namespace ChatKit.Gateway.Guardrails;

/// <summary>The guardrails of the current configuration, made ready once.</summary>
internal sealed class GuardrailCatalog(JudgeClient client)
{
    private (IReadOnlyList<GuardrailSettings> Settings, IReadOnlyList<Guardrail> Guardrails) _current = ([], []);

    public IReadOnlyList<Guardrail> For(IReadOnlyList<GuardrailSettings> settings)
    {
        var current = _current;
        if (ReferenceEquals(current.Settings, settings)) return current.Guardrails;
        IReadOnlyList<Guardrail> made = [.. settings.Select(one => new Guardrail(one, one.Judge is { } judge ? Judge(judge) : null))];
        _current = (settings, made);
        return made;
    }

    private IJudge Judge(JudgeSettings settings) => settings.Kind is JudgeKind.OpenAiModeration ? new ModerationJudge(settings, client) : new WebhookJudge(settings, client);
}
