namespace ChatKit.Gateway.Config.Yaml;

/// <summary>A piece of a configuration file that still knows where it stands.</summary>
internal abstract record ConfigNode(Origin Origin)
{
    /// <summary>What people call it, for messages.</summary>
    public abstract string Kind { get; }
}

/// <summary>Where a node stands: the file as the user named it, the line from 1, the path within that file.</summary>
internal sealed record Origin(string File, int Line, string Path)
{
    /// <summary>A value that came from an environment variable.</summary>
    public static Origin Environment(string variable) => new("environment", 0, variable);

    public Origin Member(string key, int line) => this with { Line = line, Path = Path.Length == 0 ? key : $"{Path}.{key}" };

    public Origin Item(int index, int line) => this with { Line = line, Path = $"{Path}[{index}]" };
}

/// <summary>A single value. Quoted ones are text whatever they look like.</summary>
internal sealed record ConfigScalar(Origin Origin, string Text, bool IsQuoted) : ConfigNode(Origin)
{
    public override string Kind => "a single value";

    public bool IsNull => !IsQuoted && Text is "" or "~" or "null" or "Null" or "NULL";
}

internal sealed record ConfigList(Origin Origin, IReadOnlyList<ConfigNode> Items) : ConfigNode(Origin)
{
    public override string Kind => "a list";
}

/// <summary>A mapping, in the order of the file, without duplicate keys.</summary>
internal sealed record ConfigMap(Origin Origin, IReadOnlyList<ConfigMember> Members) : ConfigNode(Origin)
{
    public override string Kind => "a mapping";

    public ConfigMember? Find(string key) => Members.FirstOrDefault(member => member.Key == key);
}

internal sealed record ConfigMember(string Key, Origin Origin, ConfigNode Value);
