using System.Globalization;
using ChatKit.Gateway.Model;

namespace ChatKit.Gateway.Config;

/// <summary>Binds what <c>general_settings</c> say about the spend log (https://docs.litellm.ai/docs/proxy/config_settings, https://docs.litellm.ai/docs/proxy/spend_logs_deletion).</summary>
internal static class SpendBinder
{
    private const string Period = "maximum_spend_logs_retention_period";
    private const string Interval = "maximum_spend_logs_retention_interval";

    public static IReadOnlyList<string> Keys { get; } = ["proxy_batch_write_at", "disable_spend_logs", "store_prompts_in_spend_logs", Period, Interval];

    public static SpendSettings Bind(ConfigSection general, ConfigSection liteLlm)
    {
        var silent = liteLlm.Flag("turn_off_message_logging") is true;
        var settings = new SpendSettings
        {
            WriteInterval = general.Seconds("proxy_batch_write_at") ?? SpendSettings.Default.WriteInterval,
            OnlySums = general.Flag("disable_spend_logs") ?? false,
            KeepsTexts = general.Flag("store_prompts_in_spend_logs") is true && !silent,
            Retention = Duration(general, Period),
            RetentionInterval = Duration(general, Interval) ?? SpendSettings.Default.RetentionInterval,
        };
        if (general.Has(Interval) && settings.Retention is null) general.Report.Warning(general.At(Interval), $"has no effect without {Period}: nothing is deleted");
        return settings;
    }

    /// <summary><c>7d</c>, or a number of seconds.</summary>
    private static TimeSpan? Duration(ConfigSection section, string key)
    {
        if (section.Text(key) is not { } text) return null;
        var digits = text.AsSpan().TrimEnd("smhdwo");
        if (double.TryParse(digits, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var count) && count > 0 && UnitOf(text.AsSpan(digits.Length)) is { } unit && count * unit <= 36_500 * 86_400d)
            return TimeSpan.FromSeconds(count * unit);
        section.Report.Problem(section.At(key), $"must be a duration such as 30d, 12h, 90m or 3600s, not '{text}'");
        return null;
    }

    private static double? UnitOf(ReadOnlySpan<char> unit) => unit switch { "s" or "" => 1, "m" => 60, "h" => 3_600, "d" => 86_400, "w" => 604_800, "mo" => 2_592_000, _ => null };
}
