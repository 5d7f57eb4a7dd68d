using System.Collections.Frozen;
using ChatKit.Gateway.Model.Guardrails;

namespace ChatKit.Gateway.Config;

/// <summary>
/// Binds what is masked as personal or secret: <c>pii</c>, and under LiteLLM's names <c>presidio</c>, whose entities have to be among those that are found here, and
/// <c>hide-secrets</c> (https://docs.litellm.ai/docs/proxy/guardrails/pii_masking_v2).
/// </summary>
internal sealed class PiiBinder(ConfigSection parameters)
{
    public static IReadOnlyList<string> Keys { get; } = ["pii_entities_config", "output_parse_pii"];

    private static readonly FrozenDictionary<string, DetectorKind> Entities = new Dictionary<string, DetectorKind>
    {
        ["SECRET"] = DetectorKind.Secret,
        ["EMAIL_ADDRESS"] = DetectorKind.Email,
        ["IBAN_CODE"] = DetectorKind.Iban,
        ["CREDIT_CARD"] = DetectorKind.Card,
        ["IP_ADDRESS"] = DetectorKind.Ip,
        ["PHONE_NUMBER"] = DetectorKind.Phone,
    }.ToFrozenDictionary();

    /// <summary>What is surest first: an account number holds digits that could be a telephone's.</summary>
    private static readonly string[] Order = ["SECRET", "EMAIL_ADDRESS", "IBAN_CODE", "CREDIT_CARD", "IP_ADDRESS", "PHONE_NUMBER"];

    public GuardrailSettings Bind(GuardrailSettings settings)
    {
        if (settings.Kind is "hide-secrets") return settings with { Rules = [new DetectionRule("SECRET", DetectorKind.Secret, Blocks: false) { Tag = "[REDACTED]" }] };
        var unmasks = parameters.Flag("output_parse_pii") ?? true;
        if (parameters.Section("pii_entities_config") is { } section)
            return settings with { Unmasks = unmasks, Rules = [.. Chosen(section).OrderBy(static rule => Array.IndexOf(Order, rule.Label))] };
        if (settings.Kind is "presidio")
            parameters.Report.Problem(parameters.At("pii_entities_config"), $"must name what is looked for: of Presidio's entities, {string.Join(", ", Order)} are found here, and names or places are not");
        return settings with { Unmasks = unmasks, Rules = [.. Order.Select(static entity => new DetectionRule(entity, Entities[entity], Blocks: false))] };
    }

    private static IEnumerable<DetectionRule> Chosen(ConfigSection section)
    {
        foreach (var member in section.Members)
        {
            var action = section.Text(member.Key);
            if (action is not ("MASK" or "BLOCK")) section.Report.Problem(member.Origin, $"must be MASK or BLOCK, not '{action}'");
            if (Entities.TryGetValue(member.Key, out var detector)) yield return new DetectionRule(member.Key, detector, action is "BLOCK");
            else section.Report.Problem(member.Origin, $"is not found by this gateway; {string.Join(", ", Order)} are");
        }
    }
}
