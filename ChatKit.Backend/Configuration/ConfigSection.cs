using System.Globalization;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace ChatKit.Backend.Configuration;

/// <summary>
/// One mapping of <c>chatkit.yaml</c>. Reading a key says what it must be; what was never read is unknown (<see cref="End"/>). Scalars <c>os.environ/NAME</c> stand for
/// variables, as in LiteLLM's configuration.
/// </summary>
internal sealed class ConfigSection(YamlMappingNode? node, string path, ConfigFindings findings, IConfiguration environment)
{
    private const string Reference = "os.environ/";

    private readonly HashSet<string> _read = new(StringComparer.Ordinal);

    public string? Text(string key) => Find(key) is { } value ? Scalar(value, Path(key)) : null;

    public bool Flag(string key, bool otherwise)
    {
        if (Text(key) is not { } text)
            return otherwise;
        if (bool.TryParse(text, out var flag))
            return flag;
        Problem(key, "must be true or false");
        return otherwise;
    }

    public int? Number(string key, int least, int most)
    {
        if (Text(key) is not { } text)
            return null;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most)
            return number;
        Problem(key, $"must be a whole number from {least} to {most}");
        return null;
    }

    public TimeSpan? Seconds(string key) => Number(key, 1, 3600) is { } seconds ? TimeSpan.FromSeconds(seconds) : null;

    /// <summary>One of these words.</summary>
    public string? Choice(string key, params string[] words)
    {
        if (Text(key) is not { } text || words.Contains(text, StringComparer.Ordinal))
            return Text(key);
        Problem(key, $"must be one of {string.Join(", ", words)}");
        return null;
    }

    public IReadOnlyList<string>? List(string key)
    {
        if (Find(key) is not { } value)
            return null;
        if (value is YamlSequenceNode sequence)
            return [.. sequence.Children.Select((child, i) => Scalar(child, $"{Path(key)}[{i}]")).OfType<string>()];
        Problem(key, "must be a list");
        return null;
    }

    public IReadOnlyDictionary<string, string> Map(string key) =>
        Section(key) is { } section ? section.Keys().Select(name => (name, section.Text(name))).Where(pair => pair.Item2 is not null).ToDictionary(pair => pair.name, pair => pair.Item2!) : new Dictionary<string, string>();

    /// <summary>Null where it is not there.</summary>
    public ConfigSection? Section(string key)
    {
        switch (Find(key))
        {
            case null:
                return null;
            case YamlMappingNode mapping:
                return new ConfigSection(mapping, Path(key), findings, environment);
            default:
                Problem(key, "must be a mapping");
                return null;
        }
    }

    public IReadOnlyList<string> Keys() => [.. node?.Children.Keys.OfType<YamlScalarNode>().Select(name => name.Value ?? "") ?? []];

    public void Problem(string key, string message) => findings.Problem(MarkOf(key), Path(key), message);

    /// <summary>Says which keys nobody reads.</summary>
    public void End()
    {
        foreach (var key in Keys().Where(key => !_read.Contains(key)))
            findings.Warn(MarkOf(key), Path(key), "is not a key that is known here");
    }

    private string? Scalar(YamlNode value, string where)
    {
        if (value is not YamlScalarNode { Value: { } text })
        {
            findings.Problem(value.Start, where, "must be a single value");
            return null;
        }

        if (!text.StartsWith(Reference, StringComparison.Ordinal))
            return text;
        if (environment[text[Reference.Length..]] is { Length: > 0 } set)
            return set;
        findings.Problem(value.Start, where, $"names the variable {text[Reference.Length..]}, which is not set");
        return null;
    }

    private YamlNode? Find(string key)
    {
        _read.Add(key);
        return node is not null && node.Children.TryGetValue(new YamlScalarNode(key), out var value) && value is not YamlScalarNode { Value: null or "" or "~" or "null", Style: ScalarStyle.Plain } ? value : null;
    }

    private Mark MarkOf(string key) => node?.Children.Keys.FirstOrDefault(name => name is YamlScalarNode scalar && scalar.Value == key)?.Start ?? Mark.Empty;

    private string Path(string key) => path.Length == 0 ? key : $"{path}.{key}";
}
