using ChatKit.Gateway.Config.Yaml;
using ChatKit.Gateway.Model;

namespace ChatKit.Gateway.Config;

/// <summary>
/// Every provider as <c>provider/*</c> and by the bare names that mean it. Those that cannot be called are there too, unlisted: a call to them
/// says which key is missing instead of that the model is unknown.
/// </summary>
internal sealed class EveryProvider(IReadOnlyList<ProviderRow> rows, DeploymentBinder deployments, EnvironmentValues environment, ConfigReport report)
{
    /// <param name="groups">Where the groups go.</param>
    /// <param name="parameters">What else each deployment gets: the <c>litellm_params</c> of the entry that asks for all.</param>
    public void AddTo(ModelGroups groups, ConfigMap parameters)
    {
        foreach (var row in rows)
        {
            if (Bind($"{row.Name}/*", $"{row.Name}/*", parameters) is not { } whole)
                continue;
            groups.Add(whole, listed: IsConfigured(row));
            foreach (var pattern in row.NamePatterns)
            {
                if (Bind(pattern, $"{row.Name}/{pattern}", parameters) is { } bare)
                    groups.Add(bare, listed: false);
            }
        }
    }

    /// <summary>A key or an account is there, or the address of a server that needs none: nobody has every local server just because none needs a key.</summary>
    private bool IsConfigured(ProviderRow row) => environment.FirstOf([.. row.KeyVariables, .. row.BaseVariables, .. row.AccountVariables]) is not null;

    private Deployment? Bind(string group, string model, ConfigMap parameters)
    {
        // What is missing is told by a call to the provider: seventy warnings at start would tell nobody anything.
        var silent = new ConfigReport();
        var name = new ConfigMember("model", parameters.Origin, new ConfigScalar(parameters.Origin, model, IsQuoted: true));
        var map = parameters with { Members = [name, .. parameters.Members.Where(member => member.Key != "model")] };
        var deployment = deployments.Bind(group, new ConfigSection(map, environment, silent), ConfigSection.Empty(parameters.Origin, environment, silent));
        report.AddProblems(silent);
        return deployment;
    }
}
