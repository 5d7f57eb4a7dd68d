using System.Collections.Frozen;
using ChatKit.Gateway.Config.Yaml;
using ChatKit.Gateway.Model;

namespace ChatKit.Gateway.Config;

/// <summary>Binds <c>router_settings.model_group_alias</c>: <c>{alias: "group"}</c> or <c>{alias: {model: "group", hidden: true}}</c>.</summary>
internal static class AliasBinder
{
    public static FrozenDictionary<string, ModelAlias> Bind(ConfigSection router)
    {
        var aliases = new Dictionary<string, ModelAlias>();
        if (router.Section("model_group_alias") is not { } section)
            return aliases.ToFrozenDictionary();
        foreach (var member in section.Members)
        {
            var detail = member.Value is ConfigMap ? section.Section(member.Key) : null;
            var target = detail is null ? section.Text(member.Key) : detail.Text("model");
            if (string.IsNullOrWhiteSpace(target))
                section.Report.Problem(member.Origin, "must name a model, or be a mapping with model and hidden");
            else
                aliases[member.Key] = new ModelAlias(target, detail?.Flag("hidden") ?? false);
            if (detail is not null)
                LeftoverKeys.Warn(detail, ["model", "hidden"], []);
        }

        return aliases.ToFrozenDictionary();
    }

    /// <summary>An alias of nothing is a mistake that would otherwise show only when somebody calls it. Where models come and go in the database, it may be one of those.</summary>
    public static void Check(ConfigSection router, GatewaySnapshot snapshot, Action<Origin, string> say)
    {
        foreach (var (name, alias) in snapshot.Aliases)
        {
            if (snapshot.Resolve(name) is null)
            {
                var known = snapshot.Groups.Keys.Order(StringComparer.Ordinal).ToList();
                say(
                    router.Section("model_group_alias")!.At(name),
                    $"no model_name is '{alias.Target}'{NearMiss.Hint(alias.Target, known)}");
            }
        }
    }
}
