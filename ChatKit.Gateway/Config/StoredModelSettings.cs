using ChatKit.Gateway.Model;

namespace ChatKit.Gateway.Config;

/// <summary>Whether models are kept in the database, and under which key (https://docs.litellm.ai/docs/proxy/model_management).</summary>
internal static class StoredModelSettings
{
    public const string Key = "store_model_in_db";

    private const string Variable = "STORE_MODEL_IN_DB";

    /// <summary>The file, else the environment.</summary>
    public static bool IsOn(ConfigSection general, EnvironmentValues environment)
    {
        if (general.Flag(Key) is { } said) return said;
        if (environment[Variable] is not { } text) return false;
        if (bool.TryParse(text, out var isOn)) return isOn;
        general.Report.Problem(Yaml.Origin.Environment(Variable), $"must be True or False, not '{text}'");
        return false;
    }

    public static Secret? SealingKey(EnvironmentValues environment) => environment["LITELLM_SALT_KEY"] is { } salt ? new Secret(salt) : null;
}
