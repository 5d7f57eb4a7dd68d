using System.Text.RegularExpressions;
using ChatKit.Gateway.Config.Yaml;
using ChatKit.Gateway.Model;

namespace ChatKit.Gateway.Config;

/// <summary>
/// Binds the paths that lead into other APIs: those of the providers, with the credentials of the environment or of the deployment that says
/// <c>use_in_pass_through</c>, and those that <c>general_settings.pass_through_endpoints</c> lists (https://docs.litellm.ai/docs/proxy/pass_through).
/// </summary>
internal sealed partial class PassThroughBinder(IReadOnlyList<ProviderRow> rows, EnvironmentValues environment, CallTimeouts timeouts, ConfigReport report)
{
    /// <summary>Paths that are the gateway's own, whatever stands below them.</summary>
    private static readonly string[] Reserved = ["/", "/v1", "/health", "/ui", "/key", "/model", "/metrics"];

    public PassThroughTable Bind(ConfigSection general, IEnumerable<Deployment> deployments)
    {
        var chosen = deployments.Where(static deployment => deployment.UsedInPassThrough).ToLookup(static deployment => deployment.Provider);
        var providers = from row in rows
                        let api = row.PassThrough
                        where api is not null
                        select Route(row, api, chosen[row.Name].FirstOrDefault());
        var custom = general.List("pass_through_endpoints").Select(Endpoint).OfType<PassThroughRoute>().ToList();
        foreach (var twice in custom.GroupBy(static route => route.Path).Where(static same => same.Count() > 1))
            report.Problem(general.At("pass_through_endpoints"), $"has the path {twice.Key} more than once");
        return new PassThroughTable(
            providers.ToDictionary(static route => route.Path[1..]),
            [.. custom.OrderByDescending(static route => route.Path.Length)]);
    }

    private PassThroughRoute Route(ProviderRow row, PassThroughRow api, Deployment? chosen)
    {
        var target = chosen is null ? FromEnvironment(row) : Target(row.Name, chosen.BaseAddress) with
        {
            ApiKey = chosen.ApiKey,
            KeyHeader = chosen.KeyHeader,
            Identity = chosen.Identity,
            Headers = chosen.Headers,
            Unavailable = chosen.Unavailable,
        };
        // The usual address may lead to one of the API's versions only; an address of the user's own is left as it is.
        if (api.Base is { } whole && (target.BaseAddress is null || (row.DefaultBase is { } usual && target.BaseAddress.Host == new Uri(usual).Host))) target = target with { BaseAddress = new Uri(whole) };
        else if (row.Route is not null && target.BaseAddress is { } address) target = target with { BaseAddress = new Uri(address.GetLeftPart(UriPartial.Authority)) };
        return new PassThroughRoute($"/{api.Prefix}", target) { Format = api.Format, IsOfProvider = true };
    }

    /// <summary>What is missing is told by a call: most people use none of these paths.</summary>
    private Deployment FromEnvironment(ProviderRow row)
    {
        var nothing = ConfigSection.Empty(Origin.Environment(""), environment, new ConfigReport());
        var bound = new TargetBinder(environment, nothing).Bind(new ProviderChoice(row.Name, row, ""), apiBase: null, missingBase: null);
        return Target(row.Name, bound.BaseAddress) with
        {
            ApiKey = bound.ApiKey,
            KeyHeader = bound.KeyHeader,
            Identity = bound.Identity,
            Headers = bound.Headers,
            Unavailable = bound.Unavailable,
        };
    }

    private PassThroughRoute? Endpoint(ConfigNode node)
    {
        if (node is not ConfigMap map)
        {
            report.Problem(node.Origin, $"must be a mapping with path and target, not {node.Kind}");
            return null;
        }

        var endpoint = new ConfigSection(map, environment, report);
        var (path, target) = (endpoint.Text("path")?.TrimEnd('/'), endpoint.Text("target"));
        if (path is null || !PathShape().IsMatch(path) || Reserved.Contains(path) || rows.Any(row => $"/{row.PassThrough?.Prefix}" == path))
            report.Problem(endpoint.At("path"), "is required: a path of its own, such as /bria, which is none of the gateway's");
        if (!Uri.TryCreate(target, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https") || address.UserInfo.Length > 0 || address.Fragment.Length > 0)
            report.Problem(endpoint.At("target"), "is required: an absolute http or https address");
        var headers = Headers(endpoint, out var missing);
        var route = new PassThroughRoute(path ?? "", Target("pass_through", address) with
        {
            Headers = headers,
            Unavailable = missing is null ? null : $"The path {path} has no credentials: the environment variable {missing} is not set.",
        })
        {
            Format = FormatOf(address),
            HasSubpaths = endpoint.Flag("include_subpath") ?? false,
            AsksForKey = endpoint.Flag("auth") ?? true,
            ForwardsHeaders = endpoint.Flag("forward_headers") ?? false,
        };
        LeftoverKeys.Warn(endpoint, ["path", "target", "headers", "include_subpath", "auth", "forward_headers"], ["cost_per_request", "guardrails", "methods", "default_query_params", "id"]);
        return route;
    }

    /// <summary>A value may be a reference, or have one in it: <c>Bearer os.environ/BRIA_KEY</c>.</summary>
    private List<KeyValuePair<string, string>> Headers(ConfigSection endpoint, out string? missing)
    {
        missing = null;
        var headers = new List<KeyValuePair<string, string>>();
        foreach (var (name, origin, node) in endpoint.Section("headers")?.Members ?? [])
        {
            if (!HeaderNames.IsValid(name) || node is not ConfigScalar { Text: var written })
            {
                report.Problem(origin, $"'{name}' is not the name of an HTTP header with text as its value");
                continue;
            }

            string? unset = null;
            var value = Reference().Replace(written, match => environment[match.Groups[1].Value] ?? Unset(match.Groups[1].Value));
            if (unset is not null) report.MissingVariable(origin, missing = unset, "calls to this path will say so");
            else if (HeaderNames.IsValidValue(value)) headers.Add(new(name, value));
            else report.Problem(origin, "must be printable text on one line");

            string Unset(string variable) => unset = variable;
        }

        return headers;
    }

    /// <summary>A known host's answers are understood, whichever path leads to them.</summary>
    private UsageFormat FormatOf(Uri? address) => rows.FirstOrDefault(row =>
        row.PassThrough is { } api && (api.Base ?? row.DefaultBase) is { } known && address is not null && new Uri(known).Host == address.Host)?.PassThrough?.Format ?? UsageFormat.None;

    private Deployment Target(string provider, Uri? address) => new()
    {
        Id = $"pass_through/{provider}",
        GroupName = "pass_through",
        Provider = provider,
        UpstreamModel = "*",
        BaseAddress = address,
        ApiKey = null,
        Timeouts = timeouts,
    };

    [GeneratedRegex("^(/[A-Za-z0-9_~-][A-Za-z0-9._~-]*)+$")]
    private static partial Regex PathShape();

    [GeneratedRegex("os\\.environ/([A-Za-z_][A-Za-z0-9_]*)")]
    private static partial Regex Reference();
}
