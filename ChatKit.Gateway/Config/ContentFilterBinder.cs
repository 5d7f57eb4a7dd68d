using System.Collections.Frozen;
using System.Text.RegularExpressions;
using ChatKit.Gateway.Config.Yaml;
using ChatKit.Gateway.Model.Guardrails;

namespace ChatKit.Gateway.Config;

/// <summary>Binds words and patterns that are blocked or masked (https://docs.litellm.ai/docs/proxy/guardrails/litellm_content_filter).</summary>
internal sealed class ContentFilterBinder(ConfigSection parameters)
{
    /// <summary>Regular expressions run in linear time, so that no text can make one run for long; this bounds the size of the text.</summary>
    private static readonly TimeSpan LongestRun = TimeSpan.FromSeconds(1);

    public static IReadOnlyList<string> Keys { get; } = ["patterns", "blocked_words", "pattern_redaction_format", "keyword_redaction_tag"];

    /// <summary>LiteLLM's names of what is found here by more than a pattern.</summary>
    private static readonly FrozenDictionary<string, DetectorKind> Detectors = new Dictionary<string, DetectorKind>
    {
        ["email"] = DetectorKind.Email,
        ["phone"] = DetectorKind.Phone,
        ["us_phone"] = DetectorKind.Phone,
        ["credit_card"] = DetectorKind.Card,
        ["iban"] = DetectorKind.Iban,
        ["ip"] = DetectorKind.Ip,
        ["ipv4"] = DetectorKind.Ip,
        ["ipv6"] = DetectorKind.Ip,
        ["secret"] = DetectorKind.Secret,
    }.ToFrozenDictionary();

    private static readonly FrozenDictionary<string, string> Patterns = new Dictionary<string, string>
    {
        ["us_ssn"] = @"\b\d{3}-\d{2}-\d{4}\b",
        ["aws_access_key"] = @"\bAKIA[0-9A-Z]{16}\b",
        ["github_token"] = @"\bgh[pousr]_[a-zA-Z0-9]{36}\b",
        ["slack_token"] = @"\bxox[pboars]-[0-9A-Za-z-]{20,120}",
        ["url"] = @"\b(?:https?://|www\.)[^\s/$.?#]\S{1,200}",
    }.ToFrozenDictionary();

    public IReadOnlyList<DetectionRule> Bind()
    {
        var format = parameters.Text("pattern_redaction_format") ?? "[{pattern_name}_REDACTED]";
        var tag = parameters.Text("keyword_redaction_tag") ?? "[KEYWORD_REDACTED]";
        var rules = new List<DetectionRule>();
        foreach (var section in Sections("patterns"))
            if (Pattern(section, format) is { } rule) rules.Add(rule);
        var words = Sections("blocked_words").Select(Word).OfType<(string Word, bool Blocks)>().ToList();
        foreach (var group in words.GroupBy(static word => word.Blocks))
            rules.Add(new DetectionRule("keyword", DetectorKind.Words, group.Key) { Words = [.. group.Select(static word => word.Word)], Tag = tag });
        if (rules.Count == 0) parameters.Report.Problem(parameters.Origin, "looks for nothing: it needs patterns or blocked_words");
        return rules;
    }

    private static DetectionRule? Pattern(ConfigSection section, string format)
    {
        var (type, blocks) = (section.Text("pattern_type"), Blocks(section));
        var name = section.Text("pattern_name") ?? section.Text("name");
        var text = section.Text("pattern");
        var longest = section.WholeNumber("max_match_length", minimum: 1) ?? 128;
        Unread(section);
        if (type is "prebuilt" && name is not null && (Detectors.ContainsKey(name) || Patterns.ContainsKey(name)))
        {
            var tag = Tag(format, name);
            return Detectors.TryGetValue(name, out var detector)
                ? new DetectionRule(name, detector, blocks) { Tag = tag }
                : new DetectionRule(name, DetectorKind.Pattern, blocks) { Tag = tag, Pattern = Compile(Patterns[name]), LongestMatch = 256 };
        }

        if (type is "prebuilt") section.Report.Problem(section.At("pattern_name"), $"'{name}' is none of {string.Join(", ", Detectors.Keys.Concat(Patterns.Keys).Order())}");
        else if (type is not "regex") section.Report.Problem(section.At("pattern_type"), $"must be prebuilt or regex, not '{type}'");
        else if (string.IsNullOrEmpty(name)) section.Report.Problem(section.At("name"), "must name what the pattern finds, for results and in the place of what is masked");
        else if (text is null) section.Report.Problem(section.At("pattern"), "must be a regular expression");
        else return Custom(section, name, text, blocks, Tag(format, name), longest);
        return null;
    }

    private static DetectionRule? Custom(ConfigSection section, string name, string pattern, bool blocks, string tag, int longest)
    {
        try
        {
            return new DetectionRule(name, DetectorKind.Pattern, blocks) { Tag = tag, Pattern = Compile(pattern), LongestMatch = longest };
        }
        catch (NotSupportedException)
        {
            section.Report.Problem(section.At("pattern"), "looks around or back, which cannot be done in linear time; patterns without (?=, (?!, (?<=, (?<! and \\1 can be used");
        }
        catch (ArgumentException wrong)
        {
            section.Report.Problem(section.At("pattern"), $"is no regular expression: {wrong.Message}");
        }

        return null;
    }

    private static Regex Compile(string pattern) => new(pattern, RegexOptions.NonBacktracking | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, LongestRun);

    private static string Tag(string format, string name) => format.Replace("{pattern_name}", name.ToUpperInvariant(), StringComparison.Ordinal);

    private static (string Word, bool Blocks)? Word(ConfigSection section)
    {
        var (word, blocks) = (section.Text("keyword")?.Trim(), Blocks(section));
        section.Text("description");
        Unread(section);
        if (!string.IsNullOrEmpty(word)) return (word, blocks);
        section.Report.Problem(section.At("keyword"), "must be a word");
        return null;
    }

    private static bool Blocks(ConfigSection section)
    {
        var action = section.Text("action");
        if (action is not ("BLOCK" or "MASK")) section.Report.Problem(section.At("action"), $"must be BLOCK or MASK, not '{action}'");
        return action is not "MASK";
    }

    private IEnumerable<ConfigSection> Sections(string key)
    {
        foreach (var item in parameters.List(key))
        {
            if (item is ConfigMap map) yield return new ConfigSection(map, parameters.Environment, parameters.Report);
            else parameters.Report.Problem(item.Origin, $"must be a mapping, not {item.Kind}");
        }
    }

    private static void Unread(ConfigSection section)
    {
        foreach (var member in section.Unread) section.Report.Problem(member.Origin, "is not understood");
    }
}
