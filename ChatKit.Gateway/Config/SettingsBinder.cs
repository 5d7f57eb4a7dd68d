using ChatKit.Gateway.Config.Yaml;
using ChatKit.Gateway.Model;

namespace ChatKit.Gateway.Config;

/// <summary>Binds what concerns the gateway as a whole: <c>general_settings</c>, and what <c>router_settings</c> and <c>litellm_settings</c> share.</summary>
internal sealed class SettingsBinder(ConfigSection general, ConfigSection router, ConfigSection liteLlm, EnvironmentValues environment)
{
    private const int MaxMegabytes = 1024;

    private static readonly GatewaySettings _defaults = new();

    public GatewaySettings Bind()
    {
        var redis = new RedisBinder(router, environment).Bind();
        var settings = new GatewaySettings
        {
            MasterKey = MasterKey(),
            MaxRequestBytes = Megabytes("max_request_size_mb") ?? _defaults.MaxRequestBytes,
            MaxResponseBytes = Megabytes("max_response_size_mb") ?? _defaults.MaxResponseBytes,
            Retries = Retries(),
            KeepAlive = liteLlm.Seconds("sse_keepalive_ping_interval_seconds"),
            Redis = redis,
            Keys = new KeySettingsBinder(general, liteLlm).Bind(),
            Budgets = new BudgetBinder(general, router, liteLlm, environment).Bind(),
            Cache = new CacheBinder(liteLlm, environment, redis).Bind(),
            Health = HealthBinder.Bind(general, router),
            KeyHeaderName = KeyHeaderName(),
            Spend = SpendBinder.Bind(general, liteLlm),
            Routing = new RoutingBinder(general, router, liteLlm).Bind(),
            Directory = new DirectoryBinder(general, liteLlm).Bind(),
            StoresModels = StoredModelSettings.IsOn(general, environment),
            SealingKey = StoredModelSettings.SealingKey(environment),
        };
        LeftoverKeys.Warn(general, ["master_key", "pass_through_endpoints", "model_cost_map", "max_request_size_mb", "max_response_size_mb", "litellm_key_header_name", "max_parallel_requests", .. BudgetBinder.GeneralKeys, .. KeySettingsBinder.GeneralKeys, .. HealthBinder.Keys, .. SpendBinder.Keys, .. DirectoryBinder.GeneralKeys, StoredModelSettings.Key], KnownKeys.GeneralNotYet);
        LeftoverKeys.Warn(router, ["num_retries", "model_group_alias", .. BudgetBinder.RouterKeys, .. TimeoutLevel.Keys, .. RoutingBinder.RouterKeys, .. HealthBinder.RouterKeys, .. ResilienceBinder.Keys, .. RedisBinder.Keys], KnownKeys.RouterNotYet);
        LeftoverKeys.Warn(liteLlm, ["num_retries", "enable_azure_ad_token_refresh", "master_key", "sse_keepalive_ping_interval_seconds", .. BudgetBinder.LiteLlmKeys, .. KeySettingsBinder.LiteLlmKeys, .. TimeoutLevel.Keys, .. ParameterPolicyBinder.GlobalKeys, .. RoutingBinder.LiteLlmKeys, .. CallbackBinder.Keys, .. DirectoryBinder.LiteLlmKeys, .. CacheBinder.Keys], KnownKeys.LiteLlmNotYet);
        return settings;
    }

    /// <summary>
    /// <c>LITELLM_MASTER_KEY</c>, else <c>LITELLM_API_KEY</c> (the key that the backend sends, so that one variable is enough), else the file's.
    /// A file that asks for a key by a variable which is not set must not leave the gateway open.
    /// </summary>
    private Secret? MasterKey()
    {
        var fromEnvironment = environment["LITELLM_MASTER_KEY"] ?? environment["LITELLM_API_KEY"];
        var section = general;
        if (liteLlm.Has("master_key"))
        {
            section = general.Has("master_key") ? general : liteLlm;
            liteLlm.Report.Warning(liteLlm.At("master_key"), section == general ? "belongs under general_settings, and the one there counts" : "belongs under general_settings; it is read here too");
            liteLlm.Node("master_key");
        }

        if (section.Node("master_key") is ConfigScalar scalar && ConfigSection.VariableOf(scalar.Text) is { } variable && environment[variable] is null)
        {
            if (fromEnvironment is null)
                section.Report.Problem(section.At("master_key"), $"the environment variable {variable} is not set, and without it nobody would be asked for a key; set it, or remove master_key");
            return fromEnvironment is null ? null : new Secret(fromEnvironment);
        }

        var fromFile = section.Text("master_key")?.Trim();
        if (fromEnvironment is not null && fromFile is { Length: > 0 } && fromFile != fromEnvironment)
            section.Report.Warning(section.At("master_key"), "differs from the key in the environment (LITELLM_MASTER_KEY, else LITELLM_API_KEY), which counts");
        if (fromFile is "")
            section.Report.Problem(section.At("master_key"), "must not be empty; remove it to ask for no key");
        return (fromEnvironment ?? fromFile) is { Length: > 0 } key ? new Secret(key) : null;
    }

    private long? Megabytes(string key)
    {
        var megabytes = general.Number(key, minimum: 0.001);
        if (megabytes > MaxMegabytes)
            general.Report.Problem(general.At(key), $"must be at most {MaxMegabytes} megabytes: bodies are held in memory");
        return (long?)(megabytes * 1024 * 1024);
    }

    private int Retries()
    {
        var (fromRouter, fromLiteLlm) = (router.WholeNumber("num_retries"), liteLlm.WholeNumber("num_retries"));
        return fromRouter ?? fromLiteLlm ?? _defaults.Retries;
    }

    private string? KeyHeaderName()
    {
        var name = general.Text("litellm_key_header_name");
        if (name is not null && !HeaderNames.IsValid(name))
            general.Report.Problem(general.At("litellm_key_header_name"), $"'{name}' is not the name of an HTTP header");
        return name;
    }
}
