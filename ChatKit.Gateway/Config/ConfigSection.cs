using System.Globalization;
using ChatKit.Gateway.Config.Yaml;

namespace ChatKit.Gateway.Config;

/// <summary>
/// Reads one mapping of the file by name and type. A value of the wrong kind is reported with its place and what would be accepted, and reads as
/// absent, so that one run finds every problem. What nobody asked for is left over for <see cref="Unread"/>.
/// </summary>
internal sealed class ConfigSection(ConfigMap map, EnvironmentValues environment, ConfigReport report)
{
    private const string Reference = "os.environ/";

    private readonly HashSet<string> _read = new(StringComparer.Ordinal);

    public static ConfigSection Empty(Origin origin, EnvironmentValues environment, ConfigReport report) =>
        new(new ConfigMap(origin, []), environment, report);

    public Origin Origin => map.Origin;

    public ConfigMap Map => map;

    public IReadOnlyList<ConfigMember> Members => map.Members;

    public ConfigReport Report => report;

    public EnvironmentValues Environment => environment;

    /// <summary>Members that no read asked for, in the order of the file.</summary>
    public IEnumerable<ConfigMember> Unread => map.Members.Where(member => !_read.Contains(member.Key));

    /// <summary>The place to name when a member is wrong or missing.</summary>
    public Origin At(string key) => map.Find(key)?.Value.Origin ?? map.Origin.Member(key, map.Origin.Line);

    public bool Has(string key) => map.Find(key) is { Value: not ConfigScalar { IsNull: true } };

    public ConfigNode? Node(string key)
    {
        _read.Add(key);
        return map.Find(key)?.Value is { } value and not ConfigScalar { IsNull: true } ? value : null;
    }

    public ConfigSection? Section(string key) => Node(key) switch
    {
        null => null,
        ConfigMap found => new ConfigSection(found, environment, report),
        var other => Wrong<ConfigSection>(other, $"must be a mapping, not {other.Kind}"),
    };

    public IReadOnlyList<ConfigNode> List(string key) => Node(key) switch
    {
        null => [],
        ConfigList found => found.Items,
        var other => Wrong<IReadOnlyList<ConfigNode>>(other, $"must be a list, not {other.Kind}") ?? [],
    };

    /// <summary>A list of texts, or one text that stands for a list of one.</summary>
    public IReadOnlyList<string> Texts(string key)
    {
        if (Node(key) is ConfigScalar) return Text(key) is { } only ? [only] : [];
        var texts = new List<string>();
        foreach (var item in List(key))
        {
            if (item is ConfigScalar { IsNull: false } scalar) texts.Add(scalar.Text);
            else report.Problem(item.Origin, $"must be text, not {item.Kind}");
        }

        return texts;
    }

    /// <summary>Text with <c>os.environ/NAME</c> resolved; null where absent or where the variable is not set (which is reported).</summary>
    public string? Text(string key) => Text(key, out _);

    /// <param name="key">The member.</param>
    /// <param name="missingVariable">The variable that the text refers to and that is not set.</param>
    /// <param name="consequence">What to tell the author about a variable that is not set.</param>
    public string? Text(string key, out string? missingVariable, string consequence = "the value counts as not given")
    {
        missingVariable = null;
        var node = Node(key);
        if (node is null)
            return null;
        if (node is not ConfigScalar scalar)
            return Wrong<string>(node, $"must be text, not {node.Kind}");
        if (VariableOf(scalar.Text) is not { } variable)
            return scalar.Text;
        if (environment[variable] is { } value)
            return value;
        missingVariable = variable;
        report.MissingVariable(scalar.Origin, variable, consequence);
        return null;
    }

    /// <summary>The NAME of <c>os.environ/NAME</c>; null for any other text.</summary>
    public static string? VariableOf(string text) => text.StartsWith(Reference, StringComparison.Ordinal) ? text[Reference.Length..].Trim() : null;

    public int? WholeNumber(string key, int minimum = 0) =>
        Parse(key, $"must be a whole number of at least {minimum}", text =>
            double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
                && number >= minimum && number <= int.MaxValue && Math.Floor(number) == number
                ? (int?)number
                : null);

    public double? Number(string key, double minimum = 0) =>
        Parse(key, $"must be a number of at least {minimum}", text =>
            double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) && number >= minimum
                ? (double?)number
                : null);

    /// <summary>A time limit in seconds, above zero.</summary>
    public TimeSpan? Seconds(string key) =>
        Parse(key, "must be a number of seconds above 0", text =>
            double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds) && seconds > 0 && seconds <= 86_400 * 20
                ? TimeSpan.FromSeconds(seconds)
                : (TimeSpan?)null);

    public bool? Flag(string key) =>
        Parse(key, "must be true or false", text => text.ToUpperInvariant() switch
        {
            "TRUE" or "YES" or "ON" => true,
            "FALSE" or "NO" or "OFF" => false,
            _ => (bool?)null,
        });

    private T? Parse<T>(string key, string expected, Func<string, T?> parse)
        where T : struct
    {
        if (Text(key) is not { } text)
            return null;
        var value = parse(text);
        if (value is null)
            report.Problem(At(key), $"{expected}, not '{text}'");
        return value;
    }

    private T? Wrong<T>(ConfigNode node, string message)
    {
        report.Problem(node.Origin, message);
        return default;
    }
}
