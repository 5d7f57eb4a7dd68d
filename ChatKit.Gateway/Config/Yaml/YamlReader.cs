using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace ChatKit.Gateway.Config.Yaml;

/// <summary>
/// Reads one YAML document into nodes with lines and paths. Anchors, aliases and merge keys (<c>&lt;&lt;</c>) work as in PyYAML, which LiteLLM
/// reads its files with; a key given twice is reported, since there the last one wins silently.
/// </summary>
internal sealed class YamlReader
{
    private const int MaxDepth = 64;

    private readonly IParser _parser;
    private readonly ConfigReport _report;
    private readonly Dictionary<AnchorName, ConfigNode> _anchors = [];

    private YamlReader(IParser parser, ConfigReport report) => (_parser, _report) = (parser, report);

    /// <summary>The document's mapping; null where there is none, with the reason in <paramref name="report"/>.</summary>
    public static ConfigMap? Read(string file, string text, ConfigReport report)
    {
        var top = new Origin(file, 0, "");
        try
        {
            var reader = new YamlReader(new Parser(new Scanner(new StringReader(text))), report);
            reader._parser.Consume<StreamStart>();
            if (!reader._parser.TryConsume<DocumentStart>(out _))
            {
                report.Problem(top, "is empty; a configuration has at least a model_list");
                return null;
            }

            var node = reader.ReadNode(top, 0);
            reader._parser.Consume<DocumentEnd>();
            if (!reader._parser.Accept<StreamEnd>(out var next))
                report.Problem(top with { Line = Line(reader._parser.Current!) }, "holds a second document (---); only one is read");
            if (node is ConfigMap map)
                return map;
            report.Problem(top with { Line = node.Origin.Line }, $"must be a mapping with keys such as model_list, not {node.Kind}");
        }
        catch (YamlException exception)
        {
            report.Problem(top with { Line = (int)exception.Start.Line }, $"is not valid YAML: {exception.Message}");
        }

        return null;
    }

    private ConfigNode ReadNode(Origin origin, int depth)
    {
        if (depth > MaxDepth)
            throw new YamlException(_parser.Current!.Start, _parser.Current.End, $"nested deeper than {MaxDepth} levels");
        if (_parser.TryConsume<AnchorAlias>(out var alias))
        {
            return _anchors.TryGetValue(alias.Value, out var target)
                ? target
                : throw new YamlException(alias.Start, alias.End, $"no anchor named {alias.Value} before this alias");
        }

        var start = (NodeEvent)_parser.Current!;
        var here = origin with { Line = Line(start) };
        ConfigNode node = start switch
        {
            MappingStart => ReadMap(here, depth),
            SequenceStart => ReadList(here, depth),
            _ => ReadScalar(here),
        };
        if (!start.Anchor.IsEmpty)
            _anchors[start.Anchor] = node;
        return node;
    }

    private ConfigScalar ReadScalar(Origin origin)
    {
        var scalar = _parser.Consume<Scalar>();
        return new ConfigScalar(origin, scalar.Value, scalar.Style is not (ScalarStyle.Plain or ScalarStyle.Any));
    }

    private ConfigList ReadList(Origin origin, int depth)
    {
        _parser.Consume<SequenceStart>();
        var items = new List<ConfigNode>();
        while (!_parser.TryConsume<SequenceEnd>(out _))
            items.Add(ReadNode(origin.Item(items.Count, Line(_parser.Current!)), depth + 1));
        return new ConfigList(origin, items);
    }

    private ConfigMap ReadMap(Origin origin, int depth)
    {
        _parser.Consume<MappingStart>();
        var own = new List<ConfigMember>();
        var merged = new List<ConfigMember>();
        while (!_parser.TryConsume<MappingEnd>(out _))
        {
            var key = _parser.Consume<Scalar>();
            var at = origin.Member(key.Value, Line(key));
            var value = ReadNode(at, depth + 1);
            if (key is { Value: "<<", Style: ScalarStyle.Plain })
            {
                merged.AddRange(MergedFrom(value));
                continue;
            }

            if (own.RemoveAll(member => member.Key == key.Value) > 0)
                _report.Warning(at, "is given twice; this one counts");
            own.Add(new ConfigMember(key.Value, at, value));
        }

        return new ConfigMap(origin, [.. own, .. merged.DistinctBy(member => member.Key).ExceptBy(own.Select(member => member.Key), member => member.Key)]);
    }

    private IEnumerable<ConfigMember> MergedFrom(ConfigNode value) => value switch
    {
        ConfigMap map => map.Members,
        ConfigList list => list.Items.SelectMany(MergedFrom),
        _ => NotMergeable(value),
    };

    private ConfigMember[] NotMergeable(ConfigNode value)
    {
        _report.Problem(value.Origin, "must be a mapping or a list of mappings to merge");
        return [];
    }

    private static int Line(ParsingEvent parsingEvent) => (int)parsingEvent.Start.Line;
}
