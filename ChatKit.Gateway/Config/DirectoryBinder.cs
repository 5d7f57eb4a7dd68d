using ChatKit.Gateway.Model;
using ChatKit.Gateway.Model.Accounts;

namespace ChatKit.Gateway.Config;

/// <summary>What new teams and users get (https://docs.litellm.ai/docs/proxy/self_serve), and whether changes are kept in the audit log.</summary>
internal sealed class DirectoryBinder(ConfigSection general, ConfigSection liteLlm)
{
    private const decimal NanosPerDollar = 1_000_000_000m;

    public static readonly string[] LiteLlmKeys =
        ["default_internal_user_params", "default_team_params", "max_internal_user_budget", "internal_user_budget_duration", "store_audit_logs"];

    public static readonly string[] GeneralKeys = ["store_audit_logs"];

    private static readonly string[] Limits = ["max_budget", "budget_duration", "tpm_limit", "rpm_limit", "models"];

    public DirectorySettings Bind()
    {
        var user = liteLlm.Section("default_internal_user_params");
        var team = liteLlm.Section("default_team_params");
        var settings = new DirectorySettings
        {
            NewTeam = team is null ? NewcomerDefaults.None : Defaults(team),
            NewUser = user is null ? NewcomerDefaults.None : Defaults(user),
            NewUserRole = user is null ? null : RoleOf(user),
            NewUserTeams = user is null ? [] : Teams(user),
            InternalUser = NewcomerDefaults.None with { MaxBudget = Dollars(liteLlm, "max_internal_user_budget"), BudgetDuration = Duration(liteLlm, "internal_user_budget_duration") },
            KeepsAuditLog = general.Flag("store_audit_logs") ?? liteLlm.Flag("store_audit_logs") ?? true,
        };
        if (team is not null) LeftoverKeys.Warn(team, Limits, []);
        if (user is not null) LeftoverKeys.Warn(user, [.. Limits, "user_role", "teams"], ["available_teams"]);
        return settings;
    }

    private static NewcomerDefaults Defaults(ConfigSection section) => new(
        Dollars(section, "max_budget"), Duration(section, "budget_duration"), section.WholeNumber("tpm_limit"), section.WholeNumber("rpm_limit"), section.Texts("models"));

    private static string? RoleOf(ConfigSection user)
    {
        var role = user.Text("user_role");
        // Nobody becomes an administrator because somebody forgot to say what they are.
        if (role is not (null or "internal_user" or "internal_user_viewer" or "proxy_admin_viewer"))
            user.Report.Problem(user.At("user_role"), $"must be internal_user, internal_user_viewer or proxy_admin_viewer, not '{role}'");
        return role;
    }

    private static List<NewcomerTeam> Teams(ConfigSection user)
    {
        var teams = new List<NewcomerTeam>();
        foreach (var node in user.List("teams"))
        {
            if (node is Yaml.ConfigScalar { IsNull: false } id) teams.Add(new NewcomerTeam(id.Text, "user", null));
            else if (node is Yaml.ConfigMap map) teams.Add(Team(new ConfigSection(map, user.Environment, user.Report)));
            else user.Report.Problem(node.Origin, $"must be the id of a team, or a mapping with team_id, not {node.Kind}");
        }

        return teams;
    }

    private static NewcomerTeam Team(ConfigSection team)
    {
        var (id, role) = (team.Text("team_id"), team.Text("user_role") ?? "user");
        if (id is null) team.Report.Problem(team.At("team_id"), "is required: the id of a team");
        if (role is not ("user" or "admin")) team.Report.Problem(team.At("user_role"), $"must be user or admin, not '{role}'");
        return new NewcomerTeam(id ?? "", role, Dollars(team, "max_budget_in_team"));
    }

    private static long? Dollars(ConfigSection section, string key) => section.Number(key) is { } dollars ? (long)((decimal)dollars * NanosPerDollar) : null;

    private static string? Duration(ConfigSection section, string key)
    {
        var text = section.Text(key);
        if (text is null || BudgetPeriod.TryParse(text, DateTime.UnixEpoch, out _)) return text;
        section.Report.Problem(section.At(key), $"must be a number and one of s, m, h, d, w, mo, such as 30d, not '{text}'");
        return null;
    }
}
