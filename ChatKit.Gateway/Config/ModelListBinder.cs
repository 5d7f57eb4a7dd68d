using ChatKit.Gateway.Config.Yaml;
using ChatKit.Gateway.Model;

namespace ChatKit.Gateway.Config;

/// <summary>Binds <c>model_list</c>: every entry becomes a deployment of the group that its <c>model_name</c> names.</summary>
internal sealed class ModelListBinder(DeploymentBinder deployments, EveryProvider everyProvider, EnvironmentValues environment, ConfigReport report)
{
    private readonly Dictionary<string, Origin> _ids = [];

    public void Bind(IReadOnlyList<ConfigNode> entries, ModelGroups groups)
    {
        foreach (var node in entries)
        {
            if (node is ConfigMap map)
                BindEntry(new ConfigSection(map, environment, report), groups);
            else
                report.Problem(node.Origin, $"must be a mapping with model_name and litellm_params, not {node.Kind}");
        }
    }

    private void BindEntry(ConfigSection entry, ModelGroups groups)
    {
        var name = entry.Text("model_name");
        if (string.IsNullOrWhiteSpace(name))
            Required(entry, "model_name", "the name that clients call the model by");
        if (entry.Section("litellm_params") is { } parameters)
            BindDeployment(name ?? "", parameters, entry.Section("model_info") ?? ConfigSection.Empty(entry.Origin, environment, report), groups);
        else
            Required(entry, "litellm_params", "a mapping that holds at least model: provider/name");
        LeftoverKeys.Warn(entry, ["model_name", "litellm_params", "model_info"], []);
    }

    private void BindDeployment(string name, ConfigSection parameters, ConfigSection info, ModelGroups groups)
    {
        if (parameters.Text("model") == "*" && parameters.Text("custom_llm_provider") is null)
            BindEveryProvider(name, parameters, groups);
        else if (deployments.Bind(name, parameters, info) is { } deployment && HasStarsFor(name, deployment, parameters.At("model"), report))
            groups.Add(WithUniqueId(deployment, info));
    }

    /// <summary><c>model_name: "*"</c> with <c>model: "*"</c>: every provider under its own prefix, and the bare names that mean one.</summary>
    private void BindEveryProvider(string name, ConfigSection parameters, ModelGroups groups)
    {
        if (name != "*")
            report.Problem(parameters.At("model"), "can only be \"*\" where model_name is \"*\" too; write provider/*");
        else
            everyProvider.AddTo(groups, parameters.Map);
    }

    /// <summary>What a wildcard is filled from must be there.</summary>
    public static bool HasStarsFor(string name, Deployment deployment, Origin model, ConfigReport report)
    {
        var missing = deployment.UpstreamModel.Count(c => c == '*') - name.Count(c => c == '*');
        if (missing > 0)
            report.Problem(model, $"has more * than the model_name '{name}', which is what they are filled from");
        return missing <= 0;
    }

    /// <summary>Ids tell deployments apart in logs and headers, so a second one like the first gets a number.</summary>
    private Deployment WithUniqueId(Deployment deployment, ConfigSection info)
    {
        var id = deployment.Id;
        if (_ids.TryGetValue(id, out var first) && info.Has("id"))
            report.Problem(info.At("id"), $"is the id of {first.Path} ({first.File}:{first.Line}) too");
        for (var number = 2; _ids.ContainsKey(id); number++)
            id = $"{deployment.Id}-{number}";
        _ids[id] = info.Origin;
        return deployment with { Id = id };
    }

    private static void Required(ConfigSection entry, string key, string what)
    {
        if (entry.Node(key) is null or ConfigScalar { Text: "" })
            entry.Report.Problem(entry.At(key), $"is required: {what}");
    }
}
