using System.Text.RegularExpressions;

namespace ChatKit.Gateway.Pipeline.PassThrough;

/// <summary>
/// Vertex AI has a host for each location (https://cloud.google.com/vertex-ai/docs/reference/rest#service-endpoint): a path that names project and location goes to
/// that one; one that names none (<c>publishers/google/models/…</c>) goes to the configured ones.
/// </summary>
internal static partial class VertexAddress
{
    private const string Domain = "aiplatform.googleapis.com";

    public static (Uri Target, string Below) Of(Uri configured, string rest)
    {
        if (Location().Match(rest) is not { Success: true } path) return (configured, rest);
        var host = (configured.Host.EndsWith(Domain, StringComparison.Ordinal), path.Groups["location"].Value) switch
        {
            (false, _) => configured.Authority,
            (_, "global") => Domain,
            (_, var location) => $"{location}-{Domain}",
        };
        return (new Uri($"{configured.Scheme}://{host}"), path.Groups["version"].Success ? rest : $"v1/{rest}");
    }

    [GeneratedRegex("^((?<version>v[0-9]+[a-z0-9]*)/)?projects/[^/]+/locations/(?<location>[a-z0-9-]+)(/|$)")]
    private static partial Regex Location();
}
