using System.Text;
using System.Text.Json;
using ChatKit.Gateway.Config.Yaml;
using ChatKit.Gateway.Model;

namespace ChatKit.Gateway.Config;

/// <summary>
/// Where and as whom Vertex AI is called: project and location in the address (https://cloud.google.com/vertex-ai/generative-ai/docs/learn/locations) and a
/// Google identity; or, with an API key, express mode, which needs neither
/// (https://cloud.google.com/vertex-ai/generative-ai/docs/start/express-mode/vertex-ai-express-mode-api-reference).
/// </summary>
internal sealed class VertexBinder(EnvironmentValues environment, ConfigSection parameters)
{
    /// <summary>The default of Google's SDKs: the newest models are there and nowhere else.</summary>
    private const string DefaultLocation = "global";

    private const string DefaultVersion = "v1";

    public DeploymentTarget Bind(ProviderRow row, string? apiBase)
    {
        var key = parameters.Text("api_key")?.Trim() ?? environment.FirstOf(row.KeyVariables);
        var json = CredentialJson(out var unreadable);
        var project = Text("project") ?? environment["VERTEXAI_PROJECT"] ?? environment["GOOGLE_CLOUD_PROJECT"] ?? ProjectOf(json);
        var location = Text("location") ?? environment["VERTEXAI_LOCATION"] ?? environment["VERTEX_LOCATION"] ?? DefaultLocation;
        if (key is null && project is null)
        {
            parameters.Report.Warning(parameters.Origin, "has no vertex_project, and the environment variable VERTEXAI_PROJECT is not set; calls to it will say so");
            return DeploymentTarget.Itself with { Unavailable = "The provider vertex_ai has no project: the environment variable VERTEXAI_PROJECT is not set." };
        }

        if (!location.All(static c => char.IsAsciiLetterOrDigit(c) || c is '-'))
            parameters.Report.Problem(parameters.At("vertex_location"), $"must be a location of Google Cloud, such as global, eu or us-central1, not '{location}'");
        else if (Address(apiBase ?? environment.FirstOf(row.BaseVariables), project, location) is { } address)
            return new DeploymentTarget
            {
                BaseAddress = address,
                ApiKey = key is null ? null : new Secret(key),
                KeyHeader = row.KeyHeader,
                Identity = key is null ? new GoogleIdentity(json is null ? null : new Secret(json)) : null,
                Unavailable = key is null ? unreadable : null,
            };
        return DeploymentTarget.Itself;
    }

    /// <summary>LiteLLM reads both spellings.</summary>
    private string? Text(string name) => parameters.Text($"vertex_{name}") ?? parameters.Text($"vertex_ai_{name}");

    private Uri? Address(string? given, string? project, string location)
    {
        var host = given?.TrimEnd('/') ?? (project is null ? HostOf(DefaultLocation) : HostOf(location));
        if (!Uri.TryCreate(host, UriKind.Absolute, out var written) || written.Scheme is not ("http" or "https"))
        {
            parameters.Report.Problem(parameters.At("api_base"), $"must be an absolute http or https address, not '{host}'");
            return null;
        }

        var version = parameters.Text("api_version") ?? DefaultVersion;
        var root = written.AbsolutePath is "/" ? $"{host}/{version}" : host;
        var isWhole = written.AbsolutePath.Contains("/projects/", StringComparison.Ordinal);
        return new Uri(project is null || isWhole ? root : $"{root}/projects/{Uri.EscapeDataString(project)}/locations/{location}");
    }

    /// <summary>Most locations have a host of their own; the two multi-regions have one of another form.</summary>
    private static string HostOf(string location) => location switch
    {
        "global" => "https://aiplatform.googleapis.com",
        "us" or "eu" => $"https://aiplatform.{location}.rep.googleapis.com",
        _ => $"https://{location}-aiplatform.googleapis.com",
    };

    /// <summary>The file's content, or the JSON that stands in the configuration itself; null: whatever the machine has.</summary>
    private string? CredentialJson(out string? unreadable)
    {
        unreadable = null;
        foreach (var name in (string[])["vertex_credentials", "vertex_ai_credentials"])
            if (parameters.Map.Find(name)?.Value is ConfigMap)
                return Encoding.UTF8.GetString(ConfigJson.Of(parameters.Node(name)!, environment, parameters.Report).Span);
        var given = Text("credentials") ?? environment["VERTEXAI_CREDENTIALS"] ?? environment["GOOGLE_APPLICATION_CREDENTIALS"];
        if (given is null || given.TrimStart().StartsWith('{')) return given;
        try
        {
            return File.ReadAllText(given);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            parameters.Report.Warning(parameters.At("vertex_credentials"), $"the file {given} cannot be read; calls to this deployment will say so");
            unreadable = "The provider vertex_ai has no credentials: the configured file cannot be read.";
            return null;
        }
    }

    /// <summary>Service account files name their project.</summary>
    private static string? ProjectOf(string? json)
    {
        if (json is null) return null;
        try
        {
            using var document = JsonDocument.Parse(json);
            return document.RootElement is { ValueKind: JsonValueKind.Object } root && root.TryGetProperty("project_id", out var project) ? project.GetString() : null;
        }
        catch (Exception notThat) when (notThat is JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}
