using System.Globalization;
using ChatKit.Gateway.Model;

namespace ChatKit.Gateway.Telemetry.Prometheus;

/// <summary>The values of labels in the order of <see cref="Instruments"/>.</summary>
internal static class Labels
{
    public static string Text(int status) => status.ToString(CultureInfo.InvariantCulture);

    public static string[] Values(this in CallerLabels caller) => [caller.EndUser, caller.KeyHash, caller.KeyAlias, caller.Team, caller.TeamAlias, caller.User];

    public static string[] KeyAndTeam(this in CallerLabels caller) => [caller.KeyHash, caller.KeyAlias, caller.Team, caller.TeamAlias];

    public static string[] Of(in AttemptLabels labels) => [labels.Upstream, labels.Deployment, labels.ApiBase, labels.Provider];

    public static string[] Of(Deployment deployment) => [deployment.UpstreamModel, deployment.Id, deployment.ShownBase ?? "", deployment.Provider];
}
