using ChatKit.Data.Gateway.Directory;
using ChatKit.Gateway.Wire.Json;

namespace ChatKit.Gateway.Administration.Directory;

/// <summary>The members of a team as requests name them.</summary>
internal static class TeamFields
{
    /// <summary>What decides about other people's money and models: a team's own admins do not change it.</summary>
    private static readonly string[] ForProxyAdmins =
        [.. Allowances.Members, "models", "blocked", "organization_id", "guardrails", "tags", "model_aliases"];

    /// <summary>Takes over what the request says; what it leaves out stays.</summary>
    public static void Apply(RequestFields fields, TeamRow team)
    {
        if (fields.Has("team_alias")) team.Alias = fields.Text("team_alias");
        if (fields.Has("organization_id")) team.OrganizationId = fields.Id("organization_id");
        if (fields.Has("models")) team.Models = [.. fields.Texts("models") ?? []];
        if (fields.Has("tags")) team.Tags = [.. fields.Texts("tags") ?? []];
        if (fields.Has("guardrails")) team.Guardrails = [.. fields.Texts("guardrails") ?? []];
        if (fields.Has("model_aliases")) team.ModelAliases = Aliases(fields);
        if (fields.Has("metadata")) team.Metadata = fields.Json("metadata");
        if (fields.Has("blocked")) team.Blocked = fields.Flag("blocked") ?? false;
        Allowances.Apply(fields, team);
    }

    /// <summary>The first member in the request that only a proxy admin may set; null where there is none.</summary>
    public static string? Beyond(RequestFields fields) => Array.Find(ForProxyAdmins, fields.Has);

    /// <summary>What members call a model, and what it is: texts both.</summary>
    private static string? Aliases(RequestFields fields)
    {
        if (fields.Json("model_aliases") is not { } aliases) return null;
        var pairs = fields.Section("model_aliases")!;
        return pairs.Names.All(name => pairs.Text(name) is { Length: > 0 }) ? aliases : fields.Wrong<string>("model_aliases", "must give each name the name of a model");
    }
}
