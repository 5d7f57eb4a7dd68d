namespace ChatKit.Gateway.Config.Yaml;

/// <summary>
/// Loads a configuration file and what it includes (<c>include: [models.yaml]</c>, relative to the file that says so) into one mapping. Lists of
/// the same name are appended and mappings merged; where both give the same value, the included one counts, as in LiteLLM, and that is said.
/// </summary>
internal sealed class IncludingLoader(ConfigReport report)
{
    private readonly Dictionary<string, string?> _files = [];

    /// <summary>Every file that was read or looked for, with what it held (null: not readable): what a reload compares with.</summary>
    public IReadOnlyDictionary<string, string?> Files => _files;

    /// <summary>The whole configuration; null where a file could not be read, with the reason in the report.</summary>
    public ConfigMap? Load(string path) => Load(Path.GetFullPath(path), path, new Origin(path, 0, ""));

    /// <summary>The text of a file that the configuration names, relative to the file that it begins with; null where it cannot be read, which was reported.</summary>
    public string? ReadBeside(Origin asked, string path)
    {
        var absolute = Path.GetFullPath(path, Path.GetDirectoryName(_files.Keys.First())!);
        return _files[absolute] = Read(absolute, asked);
    }

    private ConfigMap? Load(string absolute, string shown, Origin askedBy)
    {
        var text = _files[absolute] = Read(absolute, askedBy);
        if (text is null || YamlReader.Read(shown, text, report) is not { } map)
            return null;
        if (map.Find("include") is not { } include)
            return map;

        var merged = new ConfigMap(map.Origin, [.. map.Members.Where(member => member != include)]);
        foreach (var node in Entries(include.Value))
        {
            if (node is not ConfigScalar { IsNull: false } entry)
                report.Problem(node.Origin, $"must be the path of a YAML file, not {node.Kind}");
            else if (Path.GetFullPath(entry.Text, Path.GetDirectoryName(absolute)!) is var file && _files.ContainsKey(file))
                report.Problem(entry.Origin, $"{entry.Text} is included already");
            else if (Load(file, Path.Join(Path.GetDirectoryName(shown), entry.Text), entry.Origin) is { } included)
                merged = Merge(merged, included);
        }

        return merged;
    }

    private static IReadOnlyList<ConfigNode> Entries(ConfigNode include) => include is ConfigList list ? list.Items : [include];

    private string? Read(string absolute, Origin askedBy)
    {
        try
        {
            return File.ReadAllText(absolute);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            report.Problem(askedBy, exception switch
            {
                FileNotFoundException or DirectoryNotFoundException => $"there is no file {absolute}",
                UnauthorizedAccessException when Directory.Exists(absolute) => $"{absolute} is a directory, not a file",
                UnauthorizedAccessException => $"{absolute} may not be read by this user",
                _ => $"{absolute} cannot be read: {exception.Message}",
            });
            return null;
        }
    }

    private ConfigMap Merge(ConfigMap first, ConfigMap second)
    {
        var members = first.Members.ToList();
        foreach (var member in second.Members)
        {
            var index = members.FindIndex(candidate => candidate.Key == member.Key);
            if (index < 0)
                members.Add(member);
            else
                members[index] = member with { Value = Merge(members[index], member) };
        }

        return first with { Members = members };
    }

    private ConfigNode Merge(ConfigMember first, ConfigMember second)
    {
        switch (first.Value, second.Value)
        {
            case (ConfigList a, ConfigList b):
                return a with { Items = [.. a.Items, .. b.Items] };
            case (ConfigMap a, ConfigMap b):
                return Merge(a, b);
            default:
                report.Warning(second.Origin, $"replaces the value in {first.Origin.File}:{first.Origin.Line}");
                return second.Value;
        }
    }
}
