using ChatKit.Gateway.Config.Yaml;
using ChatKit.Gateway.Model;

namespace ChatKit.Gateway.Config;

/// <summary>
/// Binds the models that the database keeps, after the file's and by the same rules. What is wrong with one of them concerns that one alone: it is left out, with a
/// warning, and the others run.
/// </summary>
internal sealed class StoredModelBinder(DeploymentBinder deployments, EnvironmentValues environment, ConfigReport report)
{
    /// <summary>Variables of the gateway itself, which a model has no business with: whoever may add a model could send them to an address of theirs.</summary>
    private static readonly string[] Reserved =
        ["LITELLM_MASTER_KEY", "LITELLM_API_KEY", "LITELLM_SALT_KEY", "DATABASE_URL", "REDIS_URL", "REDIS_PASSWORD", "UI_PASSWORD"];

    public void AddTo(ModelGroups groups, IReadOnlyList<StoredModel> models)
    {
        foreach (var model in models)
        {
            var own = new ConfigReport();
            var deployment = Bind(model, own);
            if (deployment is not null && own.Problems.Count == 0 && groups.TryAdd(deployment)) continue;
            var reason = own.Problems.Count > 0 ? string.Join("; ", own.Problems.Select(static problem => $"{problem.Path}: {problem.Message}")) : "the file has a deployment of the same id";
            report.Warning(Origin.Environment($"stored model {model.Id}"), $"is left out: {reason}");
        }
    }

    /// <summary>The deployment; null where it has a problem, which is in the report.</summary>
    public Deployment? Bind(StoredModel model, ConfigReport own)
    {
        var parameters = JsonNodes.Map(model.Parameters.Reveal(), Origin.Environment("litellm_params"));
        var info = JsonNodes.Map(model.Info, Origin.Environment("model_info"));
        RefuseReserved(parameters, own);
        if (parameters.Find("model") is { Value: ConfigScalar { Text: "*" } })
            own.Problem(parameters.Origin.Member("model", 0), "\"*\" stands for every provider only in a file; write provider/*");
        var id = new ConfigMember("id", info.Origin.Member("id", 0), new ConfigScalar(info.Origin, model.Id, IsQuoted: true));
        var section = new ConfigSection(info with { Members = [id, .. info.Members.Where(static member => member.Key is not ("id" or "db_model"))] }, environment, own);
        var deployment = deployments.Bind(model.Name, new ConfigSection(parameters, environment, own), section);
        return deployment is not null && ModelListBinder.HasStarsFor(model.Name, deployment, parameters.Origin.Member("model", 0), own) ? deployment with { IsStored = true } : null;
    }

    private static void RefuseReserved(ConfigNode node, ConfigReport own)
    {
        switch (node)
        {
            case ConfigMap map:
                foreach (var member in map.Members) RefuseReserved(member.Value, own);
                break;
            case ConfigList list:
                foreach (var item in list.Items) RefuseReserved(item, own);
                break;
            case ConfigScalar scalar when ConfigSection.VariableOf(scalar.Text) is { } name && Reserved.Contains(name, StringComparer.OrdinalIgnoreCase):
                own.Problem(scalar.Origin, $"must not refer to {name}, which is the gateway's own");
                break;
        }
    }
}
