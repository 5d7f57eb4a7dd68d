using ChatKit.Gateway.Config.Yaml;
using ChatKit.Gateway.Model;

namespace ChatKit.Gateway.Config;

/// <summary>Where a deployment is reached and with which credentials.</summary>
internal sealed record DeploymentTarget
{
    /// <summary>A deployment that answers by itself.</summary>
    public static DeploymentTarget Itself { get; } = new();

    public Uri? BaseAddress { get; init; }

    public string OperationPath { get; init; } = "{operation}";

    public Secret? ApiKey { get; init; }

    public KeyHeader KeyHeader { get; init; }

    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    public CloudIdentity? Identity { get; init; }

    public string? Unavailable { get; init; }
}

/// <summary>Resolves address and credentials: the deployment's own over the environment over the provider's row.</summary>
internal sealed class TargetBinder(EnvironmentValues environment, ConfigSection parameters)
{
    public DeploymentTarget Bind(ProviderChoice choice, string? apiBase, string? missingBase)
    {
        if (choice.Row is not { } row)
        {
            parameters.Report.Warning(parameters.At("model"), $"the provider {choice.Name} is not implemented yet; calls to it will say so");
            return DeploymentTarget.Itself with { Unavailable = $"The provider {choice.Name} is not implemented in this gateway yet." };
        }

        if (row.Dialect is ProviderDialect.Bedrock) return new AwsBinder(environment, parameters).Bind(choice, apiBase);
        if (row.Dialect is ProviderDialect.Vertex) return new VertexBinder(environment, parameters).Bind(row, apiBase);
        var variable = apiBase is null ? row.BaseVariables.FirstOrDefault(name => environment[name] is not null) : null;
        var written = apiBase ?? (variable is null ? row.DefaultBase : environment[variable]);
        if (written is null)
            return Unreachable(row, missingBase);
        if (!Uri.TryCreate(written, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
        {
            parameters.Report.Problem(Place("api_base", variable), $"must be an absolute http or https address, not '{written}'");
            return DeploymentTarget.Itself;
        }

        var route = Route(row, address) ?? new OperationRoute(WithSuffix(address, row.BaseSuffix), "{operation}", row.KeyHeader);
        var target = new DeploymentTarget { BaseAddress = route.BaseAddress, OperationPath = route.Path, Headers = Headers(row) };
        return WithCredential(target, row, route.KeyHeader, isOwnServer: row.KeyOptional || apiBase is not null && row.DefaultBase is not null);
    }

    private OperationRoute? Route(ProviderRow row, Uri address) =>
        row.Route?.For(address, parameters.Text("api_version") ?? environment[row.Route.ApiVersionVariable]);

    private DeploymentTarget WithCredential(DeploymentTarget target, ProviderRow row, KeyHeader header, bool isOwnServer)
    {
        var written = parameters.Text("api_key", out var missingKey, consequence: "calls to this deployment will say so");
        var entra = row.Route is null ? null : new EntraBinder(environment, parameters);
        if (string.IsNullOrWhiteSpace(written) && entra?.OfDeployment(out var missingSecret) is { } identity)
            return target with { Identity = identity, Unavailable = missingSecret is null ? null : $"The provider {row.Name} has no client secret: the environment variable {missingSecret} is not set." };

        var variable = string.IsNullOrWhiteSpace(written) && missingKey is null ? row.KeyVariables.FirstOrDefault(name => environment[name] is not null) : null;
        var key = variable is null ? written?.Trim() : environment[variable];
        if (row.Route is { } route && (parameters.Text("azure_ad_token") ?? (key is null ? environment[route.TokenVariable] : null)) is { } token)
            (key, header) = (token, KeyHeader.Bearer);
        if (!string.IsNullOrEmpty(key))
        {
            if (!HeaderNames.IsValidValue(key))
                parameters.Report.Problem(Place("api_key", variable), "holds characters that no HTTP header can carry");
            return target with { ApiKey = new Secret(key), KeyHeader = header };
        }

        if (missingKey is null && isOwnServer)
            return target with { KeyHeader = header };
        if (missingKey is null && entra?.OfEnvironment() is { } own)
            return target with { Identity = own };

        var missing = missingKey ?? row.KeyVariables[0];
        if (missingKey is null)
            parameters.Report.Warning(parameters.Origin, $"has no api_key, and the environment variable {missing} is not set; calls to it will say so");
        return target with { KeyHeader = header, Unavailable = $"The provider {row.Name} has no API key: the environment variable {missing} is not set." };
    }

    private DeploymentTarget Unreachable(ProviderRow row, string? missingBase)
    {
        var variable = missingBase ?? row.AutomaticBaseVariable;
        if (missingBase is null)
            parameters.Report.Warning(parameters.Origin, $"has no api_base, and the environment variable {variable} is not set; calls to it will say so");
        return DeploymentTarget.Itself with { Unavailable = $"The provider {row.Name} has no address: the environment variable {variable} is not set." };
    }

    /// <summary>Where a wrong value stands: in the file, or in the variable that it came from.</summary>
    private Origin Place(string key, string? variable) => variable is null ? parameters.At(key) : Origin.Environment(variable);

    private IReadOnlyList<KeyValuePair<string, string>> Headers(ProviderRow row) =>
        [.. from header in row.VariableHeaders
            let value = (header.Parameter is null ? null : parameters.Text(header.Parameter)) ?? environment[header.Variable]
            where value is not null && HeaderNames.IsValidValue(value)
            select KeyValuePair.Create(header.Header, value)];

    private static Uri WithSuffix(Uri address, string? suffix)
    {
        var trimmed = address.AbsoluteUri.TrimEnd('/');
        return new Uri(suffix is null || trimmed.EndsWith(suffix, StringComparison.Ordinal) ? trimmed : trimmed + suffix);
    }
}
