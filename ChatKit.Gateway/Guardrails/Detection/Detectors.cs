using ChatKit.Gateway.Model.Guardrails;

namespace ChatKit.Gateway.Guardrails.Detection;

/// <summary>What finds the thing that a rule names; several where it has several forms.</summary>
internal static class Detectors
{
    public static IReadOnlyList<IDetector> Of(DetectionRule rule) => rule.Detector switch
    {
        DetectorKind.Email => [new EmailDetector()],
        DetectorKind.Phone => [new PhoneDetector()],
        DetectorKind.Iban => [new IbanDetector()],
        DetectorKind.Card => [new CardDetector()],
        DetectorKind.Ip => [new Ipv6Detector(), new Ipv4Detector()],
        DetectorKind.Secret => [new PrivateKeyDetector(), new SecretDetector()],
        DetectorKind.Words => [new WordDetector(rule.Words, StringComparison.OrdinalIgnoreCase, wholeWords: true)],
        _ => [new PatternDetector(rule.Pattern!, rule.LongestMatch)],
    };
}
