using ChatKit.Gateway.Config.Yaml;

namespace ChatKit.Gateway.Config;

/// <summary>
/// <c>credential_list</c>: values with a name, which <c>litellm_params.litellm_credential_name</c> refers to
/// (https://docs.litellm.ai/docs/proxy/configs). What an entry says itself stands above what its credential says.
/// <code>
/// credential_list:
///   - credential_name: azure-eu
///     credential_values: { api_key: os.environ/AZURE_EU_KEY, api_base: https://eu.example.com }
///     credential_info: { description: production }
/// </code>
/// </summary>
internal sealed class Credentials
{
    private const string Name = "litellm_credential_name";

    private readonly Dictionary<string, ConfigMap> _values = new(StringComparer.Ordinal);

    public static Credentials None { get; } = new();

    public static Credentials Read(ConfigSection root)
    {
        var credentials = new Credentials();
        foreach (var node in root.List("credential_list"))
        {
            if (node is ConfigMap map) credentials.Add(new ConfigSection(map, root.Environment, root.Report));
            else root.Report.Problem(node.Origin, $"must be a mapping with credential_name and credential_values, not {node.Kind}");
        }

        return credentials;
    }

    /// <summary>The entry with what its credential adds; the entry itself where it names none.</summary>
    public ConfigSection Extend(ConfigSection entry)
    {
        if (entry.Text(Name) is not { } name) return entry;
        if (!_values.TryGetValue(name, out var values))
        {
            entry.Report.Problem(entry.At(Name), $"no credential of credential_list is called '{name}'{NearMiss.Hint(name, [.. _values.Keys])}");
            return entry;
        }

        var own = entry.Members.Where(static member => member.Key != Name).ToList();
        var added = values.Members.ExceptBy(own.Select(static member => member.Key), static member => member.Key);
        return new ConfigSection(entry.Map with { Members = [.. own, .. added] }, entry.Environment, entry.Report);
    }

    private void Add(ConfigSection credential)
    {
        var (name, values) = (credential.Text("credential_name"), credential.Section("credential_values"));
        credential.Node("credential_info");
        if (string.IsNullOrWhiteSpace(name)) credential.Report.Problem(credential.At("credential_name"), "is required: the name that litellm_params refer to");
        else if (values is null) credential.Report.Problem(credential.At("credential_values"), "is required: a mapping such as api_key and api_base");
        else if (!_values.TryAdd(name, values.Map)) credential.Report.Problem(credential.At("credential_name"), $"'{name}' is the name of another credential too");
        LeftoverKeys.Warn(credential, ["credential_name", "credential_values", "credential_info"], []);
    }
}
