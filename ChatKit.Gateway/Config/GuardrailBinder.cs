using ChatKit.Gateway.Config.Yaml;
using ChatKit.Gateway.Model.Guardrails;

namespace ChatKit.Gateway.Config;

/// <summary>
/// Binds the top-level <c>guardrails</c> (https://docs.litellm.ai/docs/proxy/guardrails/quick_start). Whoever asks for one counts on it: a kind that is not there, or
/// anything in one that is not understood, is a problem and not a warning.
/// </summary>
internal sealed class GuardrailBinder(EnvironmentValues environment, ConfigReport report)
{
    private static readonly string[] Kinds = ["litellm_content_filter", "pii", "presidio", "hide-secrets", "openai_moderation", "generic_guardrail_api"];

    private static readonly string[] EntryKeys = ["guardrail_name", "litellm_params", "guardrail_info"];

    public IReadOnlyList<GuardrailSettings> Bind(ConfigSection root)
    {
        var guardrails = new List<GuardrailSettings>();
        foreach (var item in root.List("guardrails"))
        {
            if (item is not ConfigMap map)
            {
                report.Problem(item.Origin, $"must be a mapping, not {item.Kind}");
                continue;
            }

            if (Entry(new ConfigSection(map, environment, report)) is not { } guardrail) continue;
            if (guardrails.Exists(other => other.Name == guardrail.Name)) report.Problem(item.Origin, $"is the second guardrail with the name '{guardrail.Name}'");
            guardrails.Add(guardrail);
        }

        return guardrails;
    }

    private GuardrailSettings? Entry(ConfigSection entry)
    {
        var name = entry.Text("guardrail_name");
        if (string.IsNullOrEmpty(name)) report.Problem(entry.At("guardrail_name"), "must name the guardrail");
        entry.Node("guardrail_info");
        var section = entry.Section("litellm_params");
        Refuse(entry, EntryKeys);
        if (section is not { } parameters)
        {
            report.Problem(entry.At("litellm_params"), "must say which guardrail it is, and when it runs");
            return null;
        }

        var kind = parameters.Text("guardrail");
        if (kind is null || !Kinds.Contains(kind))
        {
            report.Problem(parameters.At("guardrail"), $"'{kind}' is no guardrail that the gateway has; it must be {string.Join(", ", Kinds)}. It does not start without one that was asked for");
            return null;
        }

        var settings = new GuardrailSettings(name ?? "", kind, Modes(parameters), parameters.Flag("default_on") ?? false);
        settings = kind switch
        {
            "openai_moderation" or "generic_guardrail_api" => settings with { Judge = new JudgeBinder(parameters, environment).Bind(kind) },
            "litellm_content_filter" => settings with { Rules = new ContentFilterBinder(parameters).Bind() },
            _ => new PiiBinder(parameters).Bind(settings),
        };
        Refuse(parameters, ["guardrail", "mode", "default_on", .. JudgeBinder.Keys, .. ContentFilterBinder.Keys, .. PiiBinder.Keys]);
        if (settings.RunsAt(GuardrailModes.DuringCall) && settings.Rules.Any(static rule => !rule.Blocks))
            report.Problem(parameters.At("mode"), "during_call cannot mask, since the call is on its way already: use pre_call, or let everything BLOCK");
        return settings;
    }

    private GuardrailModes Modes(ConfigSection parameters)
    {
        var modes = GuardrailModes.None;
        if (parameters.Node("mode") is ConfigMap map)
        {
            report.Problem(map.Origin, "must be one or a list of pre_call, during_call, post_call, logging_only; modes by tag are not understood");
            return modes;
        }

        foreach (var text in parameters.Texts("mode"))
        {
            GuardrailModes? mode = text switch
            {
                "pre_call" => GuardrailModes.PreCall,
                "during_call" => GuardrailModes.DuringCall,
                "post_call" => GuardrailModes.PostCall,
                "logging_only" => GuardrailModes.LoggingOnly,
                _ => null,
            };
            if (mode is null) report.Problem(parameters.At("mode"), $"'{text}' is none of pre_call, during_call, post_call, logging_only");
            modes |= mode ?? GuardrailModes.None;
        }

        if (modes is GuardrailModes.None && !parameters.Has("mode")) report.Problem(parameters.At("mode"), "must say when it runs: pre_call, during_call, post_call, logging_only");
        return modes;
    }

    private static void Refuse(ConfigSection section, IReadOnlyList<string> known)
    {
        foreach (var member in section.Unread)
            section.Report.Problem(member.Origin, $"is not understood, and a guardrail does not pass over what it was told{NearMiss.Hint(member.Key, known)}");
    }
}
