using System.Net;
using System.Text;
using ChatKit.Gateway.Config.Yaml;
using ChatKit.Gateway.Model;
using ChatKit.Gateway.Model.Accounts;

namespace ChatKit.Gateway.Config;

/// <summary>Binds what concerns keys, under LiteLLM's names (https://docs.litellm.ai/docs/proxy/config_settings).</summary>
internal sealed class KeySettingsBinder(ConfigSection general, ConfigSection liteLlm)
{
    private const int MostCached = 10_000_000;

    public static IReadOnlyList<string> GeneralKeys { get; } =
        ["user_api_key_cache_ttl", "user_api_key_cache_size", "allow_requests_on_db_unavailable", "allowed_ips", "public_routes", "allowed_routes", "admin_only_routes", "enforce_user_param"];

    public static IReadOnlyList<string> LiteLlmKeys { get; } = ["default_key_generate_params", "upperbound_key_generate_params", "max_end_user_budget_id", "key_generation_settings"];

    public KeySettings Bind()
    {
        var defaults = KeySettings.Default;
        return new KeySettings
        {
            CacheTtl = general.Seconds("user_api_key_cache_ttl"),
            CacheSize = CacheSize() ?? defaults.CacheSize,
            AdmitsUnknownWhileDown = general.Flag("allow_requests_on_db_unavailable") ?? false,
            AllowedAddresses = Addresses(),
            PublicRoutes = Routes("public_routes"),
            AllowedRoutes = Routes("allowed_routes"),
            AdminRoutes = Routes("admin_only_routes"),
            RequiresUser = general.Flag("enforce_user_param") ?? false,
            CustomerBudgetId = liteLlm.Text("max_end_user_budget_id"),
            Generation = Generation(),
            Defaults = Parameters("default_key_generate_params"),
            UpperBounds = Parameters("upperbound_key_generate_params"),
        };
    }

    private int? CacheSize()
    {
        var size = general.WholeNumber("user_api_key_cache_size", minimum: 1);
        if (size > MostCached) general.Report.Problem(general.At("user_api_key_cache_size"), $"must be at most {MostCached}");
        return size > MostCached ? null : size;
    }

    /// <summary>Addresses, and networks in CIDR notation. A list that is empty, or wrong, lets nobody in rather than everybody.</summary>
    private List<IPNetwork>? Addresses()
    {
        if (general.Node("allowed_ips") is null) return null;
        var networks = new List<IPNetwork>();
        foreach (var text in general.Texts("allowed_ips"))
        {
            if (IPAddress.TryParse(text, out var address)) networks.Add(new IPNetwork(address, address.GetAddressBytes().Length * 8));
            else if (IPNetwork.TryParse(text, out var network)) networks.Add(network);
            else general.Report.Problem(general.At("allowed_ips"), $"'{text}' is neither an IP address nor a network such as 10.0.0.0/8");
        }

        return networks;
    }

    private RouteList? Routes(string key)
    {
        var entries = general.Texts(key);
        foreach (var entry in entries.Where(static entry => !RouteList.IsValid(entry)))
            general.Report.Problem(general.At(key), $"'{entry}' must be a path that begins with '/', or one of {string.Join(", ", RouteGroups.Names)}");
        return RouteList.Of(entries);
    }

    private KeyGenerationSettings Generation()
    {
        if (liteLlm.Section("key_generation_settings") is not { } section) return KeyGenerationSettings.None;
        var (teams, users) = (section.Section("team_key_generation"), section.Section("personal_key_generation"));
        var settings = new KeyGenerationSettings
        {
            TeamRoles = Words(teams, "allowed_team_member_roles", "admin", "user"),
            RequiredForTeams = teams?.Texts("required_params") ?? [],
            UserRoles = Words(users, "allowed_user_roles", "proxy_admin", "proxy_admin_viewer", "internal_user", "internal_user_viewer"),
            RequiredForUsers = users?.Texts("required_params") ?? [],
        };
        LeftoverKeys.Warn(section, ["team_key_generation", "personal_key_generation"], []);
        if (teams is not null) LeftoverKeys.Warn(teams, ["allowed_team_member_roles", "required_params"], []);
        if (users is not null) LeftoverKeys.Warn(users, ["allowed_user_roles", "required_params"], []);
        return settings;
    }

    private static IReadOnlyList<string>? Words(ConfigSection? section, string key, params string[] words)
    {
        if (section is null || !section.Has(key)) return null;
        var given = section.Texts(key);
        foreach (var wrong in given.Except(words)) section.Report.Problem(section.At(key), $"'{wrong}' must be one of {string.Join(", ", words)}");
        return given;
    }

    private KeyParameters Parameters(string key)
    {
        if (liteLlm.Section(key) is not { } section) return KeyParameters.None;
        var parameters = new KeyParameters
        {
            MaxBudget = section.Number("max_budget") is { } dollars ? (long)Math.Round(Math.Min(dollars, 1e9) * 1e9) : null,
            BudgetDuration = Duration(section, "budget_duration"),
            Duration = Duration(section, "duration"),
            TpmLimit = section.WholeNumber("tpm_limit"),
            RpmLimit = section.WholeNumber("rpm_limit"),
            MaxParallelRequests = section.WholeNumber("max_parallel_requests"),
            UserId = section.Text("user_id"),
            TeamId = section.Text("team_id"),
            Models = section.Texts("models"),
            Metadata = section.Node("metadata") is ConfigMap map ? Encoding.UTF8.GetString(ConfigJson.Of(map, section.Environment, section.Report).Span) : null,
        };
        LeftoverKeys.Warn(section, ["max_budget", "budget_duration", "duration", "tpm_limit", "rpm_limit", "max_parallel_requests", "user_id", "team_id", "models", "metadata"], []);
        return parameters;
    }

    private static string? Duration(ConfigSection section, string key)
    {
        var text = section.Text(key);
        if (BudgetPeriod.TryParse(text, DateTime.UnixEpoch, out _)) return text;
        section.Report.Problem(section.At(key), $"must be a duration such as 30s, 30m, 24h, 7d, 2w or 1mo, not '{text}'");
        return null;
    }
}
