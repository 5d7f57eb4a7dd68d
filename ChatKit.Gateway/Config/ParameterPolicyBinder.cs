using ChatKit.Gateway.Config.Yaml;
using ChatKit.Gateway.Model;
using ChatKit.Gateway.Wire.Json;

namespace ChatKit.Gateway.Config;

/// <summary>Binds what happens to parameters that a provider does not know: for all deployments under <c>litellm_settings</c>, for one in its own entry.</summary>
internal static class ParameterPolicyBinder
{
    public static IReadOnlyList<string> GlobalKeys { get; } = ["drop_params", "modify_params"];

    public static IReadOnlyList<string> Keys { get; } =
        [.. GlobalKeys, "additional_drop_params", "allowed_openai_params", "strict", "merge_reasoning_content_in_choices"];

    public static ParameterPolicy BindGlobal(ConfigSection liteLlm) => new()
    {
        Drops = liteLlm.Flag("drop_params") ?? false,
        Repairs = liteLlm.Flag("modify_params") ?? false,
    };

    public static ParameterPolicy Bind(ConfigSection parameters, ParameterPolicy outer) => outer with
    {
        Drops = parameters.Flag("drop_params") ?? outer.Drops,
        Repairs = parameters.Flag("modify_params") ?? outer.Repairs,
        AlwaysDropped = Paths(parameters),
        AlwaysSent = [.. Names(parameters, "allowed_openai_params").Select(name => name.Text)],
        IsStrict = parameters.Flag("strict") ?? outer.IsStrict,
        MergesReasoning = parameters.Flag("merge_reasoning_content_in_choices") ?? outer.MergesReasoning,
    };

    private static List<JsonPath> Paths(ConfigSection section)
    {
        var paths = new List<JsonPath>();
        foreach (var name in Names(section, "additional_drop_params"))
        {
            if (JsonPath.TryParse(name.Text) is { } path) paths.Add(path);
            else section.Report.Problem(name.Origin, $"'{name.Text}' is not a path such as seed, stream_options.include_usage or tools[*].function.strict");
        }

        return paths;
    }

    private static IEnumerable<ConfigScalar> Names(ConfigSection section, string key)
    {
        foreach (var item in section.List(key))
        {
            if (item is ConfigScalar { IsNull: false } name) yield return name;
            else section.Report.Problem(item.Origin, $"must be the name of a parameter, not {item.Kind}");
        }
    }
}
