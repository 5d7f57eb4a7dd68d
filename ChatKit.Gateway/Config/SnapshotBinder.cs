using ChatKit.Gateway.Config.Yaml;
using ChatKit.Gateway.Model;
using ChatKit.Gateway.Model.Facts;

namespace ChatKit.Gateway.Config;

/// <summary>The only producer of the model: turns a configuration file, or its absence, into a snapshot. Everything wrong is in the report.</summary>
internal sealed class SnapshotBinder(IReadOnlyList<ProviderRow> rows, EnvironmentValues environment, DeploymentStates states, ConfigReport report, IReadOnlyList<StoredModel> stored)
{
    private readonly ProviderResolver _providers = new(rows);

    /// <summary>What the file says.</summary>
    public GatewaySnapshot Bind(ConfigMap file, IncludingLoader files)
    {
        var root = new ConfigSection(file, environment, report);
        Export(root.Section("environment_variables"));
        var groups = new ModelGroups();
        var (general, router, liteLlm) = (Part(root, "general_settings"), Part(root, "router_settings"), Part(root, "litellm_settings"));
        var deployments = Deployments(root, general, router, liteLlm, files);
        // LiteLLM's older switch for what AZURE_CREDENTIAL says today.
        if (liteLlm.Flag("enable_azure_ad_token_refresh") is true && environment["AZURE_CREDENTIAL"] is null) environment.Export("AZURE_CREDENTIAL", "DefaultAzureCredential");
        if (!root.Has("model_list") && stored.Count == 0)
            report.Warning(file.Origin, "there is no model_list, so no model can be called");
        new ModelListBinder(deployments, new EveryProvider(rows, deployments, environment, report), environment, report).Bind(root.List("model_list"), groups);
        new StoredModelBinder(deployments, environment, report).AddTo(groups, stored);
        var guardrails = new GuardrailBinder(environment, report).Bind(root);
        LeftoverKeys.Warn(
            root,
            ["model_list", "include", "general_settings", "router_settings", "litellm_settings", "guardrails", "environment_variables", "callback_settings", "credential_list"],
            KnownKeys.TopLevelNotYet);

        var snapshot = Snapshot(groups) with { Aliases = AliasBinder.Bind(router) };
        AliasBinder.Check(router, snapshot, StoredModelSettings.IsOn(general, environment) ? report.Warning : report.Problem);
        var (hedging, continued) = (ResilienceBinder.Hedging(router, snapshot), ResilienceBinder.Continued(router, snapshot));
        FallbackBinder.Check(router, liteLlm, snapshot);
        var callbacks = new CallbackBinder(root, liteLlm, environment).Bind();
        var offered = from alias in snapshot.Aliases
                      let target = alias.Value.Hidden ? null : snapshot.Resolve(alias.Key)?.Group
                      where target is { IsCallable: true }
                      orderby alias.Key
                      select new ListedModel(alias.Key, target.Deployments[0].Provider);
        var bound = snapshot with
        {
            ListedModels = [.. snapshot.ListedModels, .. offered],
            PassThrough = new PassThroughBinder(rows, environment, TimeoutLevel.Resolve(TimeoutLevel.Read(liteLlm, "request_timeout")), report).Bind(general, snapshot.Deployments),
            Settings = new SettingsBinder(general, router, liteLlm, environment).Bind() with { Hedging = hedging, Continued = continued, Guardrails = guardrails, Callbacks = callbacks },
        };
        CacheBinder.Check(liteLlm, bound);
        return bound;
    }

    /// <summary>No file: every provider whose key is in the environment, and a model that answers without any.</summary>
    public GatewaySnapshot BindEnvironment()
    {
        var nothing = new ConfigMap(Origin.Environment(""), []);
        var groups = new ModelGroups();
        var deployments = new DeploymentBinder(_providers, environment, states, ParameterPolicy.Default);
        new EveryProvider(rows, deployments, environment, report).AddTo(groups, nothing);
        groups.Add(DemoModel.Deployment);
        new StoredModelBinder(deployments, environment, report).AddTo(groups, stored);
        var empty = ConfigSection.Empty(nothing.Origin, environment, report);
        return Snapshot(groups) with
        {
            PassThrough = new PassThroughBinder(rows, environment, CallTimeouts.Default, report).Bind(empty, []),
            Settings = new SettingsBinder(empty, empty, empty, environment).Bind(),
        };
    }

    /// <summary>A model that is about to be stored, by the rules of the file that it will stand beside.</summary>
    public void Check(ConfigMap? file, IncludingLoader? files, StoredModel model, ConfigReport own)
    {
        var root = file is null ? ConfigSection.Empty(Origin.Environment(""), environment, report) : new ConfigSection(file, environment, report);
        Export(root.Section("environment_variables"));
        var deployments = Deployments(root, Part(root, "general_settings"), Part(root, "router_settings"), Part(root, "litellm_settings"), files);
        new StoredModelBinder(deployments, environment, report).Bind(model, own);
    }

    private DeploymentBinder Deployments(ConfigSection root, ConfigSection general, ConfigSection router, ConfigSection liteLlm, IncludingLoader? files) => new(
        _providers, environment, states, ParameterPolicyBinder.BindGlobal(liteLlm), TimeoutLevel.Read(router, "timeout"), TimeoutLevel.Read(liteLlm, "request_timeout"))
    {
        CostMap = files is null ? CostMap.Empty : CostMapOf(general, files),
        Credentials = Credentials.Read(root),
    };

    private GatewaySnapshot Snapshot(ModelGroups groups) => new()
    {
        Groups = groups.Exact(),
        WildcardGroups = groups.Wildcards(),
        ById = groups.ById(),
        AccessGroups = groups.AccessGroups(),
        ListedModels = groups.Listed(rows),
        Settings = new GatewaySettings(),
    };

    /// <summary>Watched like the configuration itself: new prices hold from the next call on.</summary>
    private CostMap CostMapOf(ConfigSection general, IncludingLoader files) =>
        general.Text("model_cost_map") is { } path && general.At("model_cost_map") is var asked && files.ReadBeside(asked, path) is { } text
            ? CostMapReader.Read(new Origin(path, 0, ""), text, report)
            : CostMap.Empty;

    private void Export(ConfigSection? variables)
    {
        foreach (var member in variables?.Members ?? [])
        {
            if (variables!.Text(member.Key) is { } value)
                environment.Export(member.Key, value);
        }
    }

    private ConfigSection Part(ConfigSection root, string key) => root.Section(key) ?? ConfigSection.Empty(root.At(key), environment, report);
}
