using System.Globalization;
using System.Text;
using ChatKit.Gateway.Config;
using ChatKit.Gateway.Model;

namespace ChatKit.Gateway.Tests.Config;

/// <summary>A loaded configuration as text that a person can check against the file.</summary>
internal static class SnapshotText
{
    public static string Of(LoadedConfiguration loaded, string root)
    {
        var text = new StringBuilder();
        var snapshot = loaded.Snapshot!;
        foreach (var group in snapshot.Groups.Values.OrderBy(group => group.Name, StringComparer.Ordinal).Concat(snapshot.WildcardGroups.Select(entry => entry.Group)))
        {
            text.Append(group.Name).Append('\n');
            foreach (var deployment in group.Deployments)
                Append(deployment, text);
        }

        foreach (var (name, alias) in snapshot.Aliases)
            text.Append(CultureInfo.InvariantCulture, $"{name} → {alias.Target}\n");
        var settings = snapshot.Settings;
        text.Append(CultureInfo.InvariantCulture, $"\nsettings: master key {settings.MasterKey}, request {settings.MaxRequestBytes}, answer {settings.MaxResponseBytes}, retries {settings.Retries}\n");
        text.Append(CultureInfo.InvariantCulture, $"listed: {string.Join(", ", snapshot.ListedModels.Select(model => model.Id))}\n");
        foreach (var warning in loaded.Report.Warnings)
            text.Append(CultureInfo.InvariantCulture, $"warning: {warning.ToString().Replace(root, "", StringComparison.Ordinal)}\n");
        return text.ToString();
    }

    private static void Append(Deployment deployment, StringBuilder text)
    {
        var timeouts = deployment.Timeouts;
        text.Append(CultureInfo.InvariantCulture, $"  {deployment.Provider}: {deployment.UpstreamModel} at {deployment.AddressOf("chat/completions", "M")?.AbsoluteUri ?? "nowhere"}\n");
        text.Append(CultureInfo.InvariantCulture, $"    key {deployment.ApiKey?.ToString() ?? "none"} as {deployment.KeyHeader}; {timeouts.Total.TotalSeconds}/{timeouts.FirstToken.TotalSeconds}/{timeouts.Idle.TotalSeconds} s; order {deployment.Order}, rpm {deployment.Rpm}\n");
        foreach (var (name, value) in deployment.Headers)
            text.Append(CultureInfo.InvariantCulture, $"    header {name}: {value}\n");
        foreach (var (name, value) in deployment.DefaultParameters)
            text.Append(CultureInfo.InvariantCulture, $"    default {name} = {Encoding.UTF8.GetString(value.Span)}\n");
        foreach (var (name, value) in deployment.Info)
            text.Append(CultureInfo.InvariantCulture, $"    info {name} = {Encoding.UTF8.GetString(value.Span)}\n");
        if (deployment.Unavailable is { } reason)
            text.Append(CultureInfo.InvariantCulture, $"    unavailable: {reason}\n");
    }
}
