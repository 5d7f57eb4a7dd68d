using ChatKit.Gateway.Model;

namespace ChatKit.Gateway.Config;

/// <summary>Binds what <c>general_settings</c> say about health checks; <c>enable_health_check_routing</c> may stand under <c>router_settings</c> too.</summary>
internal static class HealthBinder
{
    private const string Routing = "enable_health_check_routing";
    private const string Background = "background_health_checks";

    public static IReadOnlyList<string> Keys { get; } = [Background, "health_check_interval", "health_check_details", "health_check_concurrency", Routing];

    public static IReadOnlyList<string> RouterKeys { get; } = [Routing];

    public static HealthSettings Bind(ConfigSection general, ConfigSection router)
    {
        var defaults = HealthSettings.Default;
        var (fromGeneral, fromRouter) = (general.Flag(Routing), router.Flag(Routing));
        var settings = new HealthSettings
        {
            InBackground = general.Flag(Background) ?? defaults.InBackground,
            Interval = general.Seconds("health_check_interval") ?? defaults.Interval,
            Details = general.Flag("health_check_details") ?? defaults.Details,
            Concurrency = general.WholeNumber("health_check_concurrency", minimum: 1) ?? defaults.Concurrency,
            GuidesRouting = fromGeneral ?? fromRouter ?? defaults.GuidesRouting,
        };
        if (settings is { GuidesRouting: true, InBackground: false })
        {
            var section = fromGeneral is null ? router : general;
            section.Report.Warning(section.At(Routing), $"has no effect without general_settings.{Background}: nothing would be known");
        }

        return settings;
    }
}
