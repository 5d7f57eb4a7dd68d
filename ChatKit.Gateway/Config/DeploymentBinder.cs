using ChatKit.Gateway.Config.Yaml;
using ChatKit.Gateway.Model;
using ChatKit.Gateway.Model.Facts;

namespace ChatKit.Gateway.Config;

/// <summary>
/// Binds one entry of <c>model_list</c>. What the entry does not say comes from the provider's environment variables, then from the provider's
/// row. A credential that is not there does not stop the gateway: the deployment says why it cannot be called.
/// </summary>
internal sealed class DeploymentBinder(
    ProviderResolver providers, EnvironmentValues environment, DeploymentStates states, ParameterPolicy parameterPolicy, params TimeoutLevel[] outerTimeouts)
{
    private static readonly string[] _implemented =
        ["model", "custom_llm_provider", "api_key", "api_base", "base_url", "api_version", "organization", "azure_ad_token", "timeout", "stream_timeout",
         "ttft_timeout", "stream_idle_timeout", "connect_timeout", "rpm", "tpm", "weight", "order", "extra_headers", "extra_body", "mock_response", "use_in_pass_through",
         "vertex_project", "vertex_location", "vertex_credentials", "vertex_ai_project", "vertex_ai_location", "vertex_ai_credentials",
         .. AwsBinder.Keys, .. EntraBinder.Keys, .. ParameterPolicyBinder.Keys, .. RoutingBinder.DeploymentKeys, .. BudgetBinder.DeploymentKeys,
         "base_model", "max_input_tokens", "max_output_tokens", .. PriceReader.Keys];

    private static readonly TimeSpan _defaultProbeTimeout = TimeSpan.FromSeconds(60);

    /// <summary>The operator's own list of models.</summary>
    public CostMap CostMap { get; init; } = CostMap.Empty;

    /// <summary>Credentials with a name, which entries refer to.</summary>
    public Credentials Credentials { get; init; } = Credentials.None;

    /// <summary>The deployment; null where the entry has a problem, which is in its section's report.</summary>
    public Deployment? Bind(string group, ConfigSection entry, ConfigSection info)
    {
        var fingerprint = DeploymentId.Of(group, entry.Map);
        var parameters = Credentials.Extend(entry);
        var mock = parameters.Text("mock_response");
        var model = parameters.Text("model");
        var apiBase = parameters.Text(parameters.Has("api_base") ? "api_base" : "base_url", out var missingBase);
        var choice = model is null ? null : providers.Resolve(model, parameters.Text("custom_llm_provider"), apiBase);
        if (choice is null)
        {
            ExplainMissingProvider(parameters, model);
            return null;
        }

        var id = info.Text("id") ?? fingerprint;
        var target = mock is null ? new TargetBinder(environment, parameters).Bind(choice, apiBase, missingBase) : DeploymentTarget.Itself;
        var deployment = new Deployment
        {
            Id = id,
            Fingerprint = fingerprint,
            State = states.Of(id, fingerprint),
            GroupName = group,
            Provider = choice.Name,
            UpstreamModel = choice.Model,
            BaseAddress = target.BaseAddress,
            OperationPath = target.OperationPath,
            ApiKey = target.ApiKey,
            KeyHeader = target.KeyHeader,
            Identity = target.Identity,
            UsedInPassThrough = parameters.Flag("use_in_pass_through") ?? false,
            Unavailable = target.Unavailable,
            Timeouts = TimeoutLevel.Resolve([TimeoutLevel.Read(parameters, "timeout"), .. outerTimeouts]),
            Headers = [.. target.Headers, .. ExtraHeaders(parameters)],
            Parameters = ParameterPolicyBinder.Bind(parameters, parameterPolicy),
            ShownParameters = ShownParameters.Of(entry.Map),
            GivenFacts = FactsBinder.Bind(parameters, info),
            CostMap = CostMap,
            BaseModel = info.Text("base_model") ?? parameters.Text("base_model"),
            MockResponse = mock,
            Weight = parameters.Number("weight"),
            Rpm = parameters.WholeNumber("rpm"),
            Tpm = parameters.WholeNumber("tpm"),
            Order = parameters.WholeNumber("order") ?? 0,
            MaxParallel = parameters.WholeNumber("max_parallel_requests", minimum: 1),
            Account = BudgetBinder.Deployment(parameters, id, group),
            Retries = Retries(parameters),
            CooldownTime = RoutingBinder.Seconds(parameters, "cooldown_time"),
            Tags = parameters.Texts("tags"),
            Region = parameters.Text("region_name") ?? parameters.Text("aws_region_name") ?? parameters.Text("vertex_location"),
            AccessGroups = info.Texts("access_groups"),
            ProbeModel = ProbeModel(info, choice),
            SkipsBackgroundChecks = info.Flag("disable_background_health_check") ?? false,
            ProbeTimeout = info.Seconds("health_check_timeout") ?? _defaultProbeTimeout,
            Info = Json(info.Members.Where(member => member.Key != "id"), parameters.Report),
        };
        return deployment with { DefaultParameters = DefaultParameters(parameters, choice.Row?.Quirks ?? RequestQuirks.None) };
    }

    /// <summary><c>max_retries</c> is LiteLLM's other word for it, of the client inside; where both stand, the nearer one counts.</summary>
    private static int? Retries(ConfigSection parameters)
    {
        var (own, ofClient) = (parameters.WholeNumber("num_retries"), parameters.WholeNumber("max_retries"));
        return own ?? ofClient;
    }

    /// <summary>The deployment's own model; for a wildcard, what <c>health_check_model</c> says or a known model that fits.</summary>
    private static string? ProbeModel(ConfigSection info, ProviderChoice choice)
    {
        if (!WildcardPattern.IsPattern(choice.Model))
            return choice.Model;
        var prefix = choice.Name + "/";
        if (info.Text("health_check_model") is { } given)
            return given.StartsWith(prefix, StringComparison.Ordinal) ? given[prefix.Length..] : given;
        var pattern = new WildcardPattern(choice.Model);
        return choice.Row?.Models.FirstOrDefault(model => pattern.Match(model) is not null);
    }

    private void ExplainMissingProvider(ConfigSection parameters, string? model)
    {
        if (model is null)
        {
            if (!parameters.Has("model"))
                parameters.Report.Problem(parameters.At("model"), "is required: provider/name, e.g. openai/gpt-4o or mistral/mistral-large-latest");
            return;
        }

        var near = NearMiss.For(model.Split('/', 2)[0], providers.Names);
        parameters.Report.Problem(
            parameters.At("model"),
            $"LLM Provider NOT provided: '{model}' names no provider that the gateway knows{(near is null ? "." : $"; did you mean {near}?")} "
                + "Write provider/name; for a server that speaks OpenAI's API: openai/name with api_base");
    }

    private static List<KeyValuePair<string, string>> ExtraHeaders(ConfigSection parameters)
    {
        var headers = new List<KeyValuePair<string, string>>();
        if (parameters.Section("extra_headers") is not { } section)
            return headers;
        foreach (var member in section.Members)
        {
            if (!HeaderNames.IsValid(member.Key))
                section.Report.Problem(member.Origin, $"'{member.Key}' is not the name of an HTTP header");
            else if (section.Text(member.Key) is { } value)
            {
                if (HeaderNames.IsValidValue(value))
                    headers.Add(new(member.Key, value));
                else
                    section.Report.Problem(member.Origin, "must be printable text on one line");
            }
        }

        return headers;
    }

    /// <summary>Under the names that the provider knows them by; what it refuses is told here, once, instead of to every caller.</summary>
    private List<KeyValuePair<string, ReadOnlyMemory<byte>>> DefaultParameters(ConfigSection parameters, RequestQuirks quirks)
    {
        var body = parameters.Section("extra_body")?.Members ?? [];
        var members = new List<ConfigMember>();
        foreach (var member in body.Concat(LeftoverKeys.RequestParameters(parameters, _implemented)))
        {
            if (quirks.Drops.Contains(member.Key))
                parameters.Report.Warning(member.Origin, "is not sent: the provider refuses it");
            else
                members.Add(quirks.Renames.FirstOrDefault(rename => rename.From == member.Key) is { } rename ? member with { Key = rename.To } : member);
        }

        return Json(members.DistinctBy(member => member.Key), parameters.Report);
    }

    private List<KeyValuePair<string, ReadOnlyMemory<byte>>> Json(IEnumerable<ConfigMember> members, ConfigReport report) =>
        [.. members.Select(member => KeyValuePair.Create(member.Key, ConfigJson.Of(member.Value, environment, report)))];
}
