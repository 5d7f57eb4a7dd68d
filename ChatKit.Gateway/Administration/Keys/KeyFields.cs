using ChatKit.Data.Gateway.Keys;
using ChatKit.Gateway.Administration.Directory;
using ChatKit.Gateway.Model;
using ChatKit.Gateway.Wire.Json;

namespace ChatKit.Gateway.Administration.Keys;

/// <summary>
/// The members of a request for a key (https://docs.litellm.ai/docs/proxy/virtual_keys), taken over onto its row: null clears, and what is left out stays. Whatever is
/// wrong is told by its name.
/// </summary>
internal static class KeyFields
{
    public static void Apply(RequestFields body, VirtualKeyRow key, DateTime now)
    {
        if (body.Has("key_alias")) key.Alias = body.Id("key_alias");
        if (body.Has("user_id")) key.UserId = body.Id("user_id");
        if (body.Has("team_id")) key.TeamId = body.Id("team_id");
        if (body.Has("organization_id")) key.OrganizationId = body.Id("organization_id");
        if (body.Has("budget_id")) key.BudgetId = body.Id("budget_id");
        if (body.Has("models")) key.Models = Texts(body, "models");
        if (body.Has("tags")) key.Tags = Texts(body, "tags");
        if (body.Has("guardrails")) key.Guardrails = Texts(body, "guardrails");
        if (body.Has("aliases")) key.Aliases = Aliases(body);
        if (body.Has("metadata")) key.Metadata = body.Json("metadata");
        if (body.Has("permissions")) key.Permissions = body.Json("permissions");
        if (body.Has("blocked")) key.Blocked = body.Flag("blocked") ?? false;
        if (body.Has("duration")) key.ExpiresAt = KeyLifetime.Read(body, "duration", now);
        ApplyRoutes(body, key);
        Allowances.Apply(body, key);
        KeyBudgetFields.Apply(body, key);
    }

    private static List<string> Texts(RequestFields body, string name) => [.. body.Texts(name) ?? []];

    /// <summary><c>key_type</c> is LiteLLM's short way to say which routes.</summary>
    private static void ApplyRoutes(RequestFields body, VirtualKeyRow key)
    {
        if (body.Has("allowed_routes"))
        {
            key.AllowedRoutes = Texts(body, "allowed_routes");
            if (key.AllowedRoutes.Find(static route => !RouteList.IsValid(route)) is { } wrong)
                body.Wrong<string>("allowed_routes", $"'{wrong}' must be a path that begins with '/', or one of {string.Join(", ", RouteGroups.Names)}");
        }

        switch (body.OneOf("key_type", "default", "llm_api", "management", "read_only"))
        {
            case "llm_api": key.AllowedRoutes = ["llm_api_routes"]; break;
            case "management": key.AllowedRoutes = ["management_routes"]; break;
            case "read_only": key.AllowedRoutes = ["info_routes"]; break;
        }
    }

    private static string? Aliases(RequestFields body)
    {
        if (body.Section("aliases") is not { } aliases) return null;
        foreach (var name in aliases.Names)
        {
            if (aliases.Text(name) is null or "") aliases.Wrong<string>(name, "must be the name of a model");
        }

        return body.Raw("aliases");
    }
}
