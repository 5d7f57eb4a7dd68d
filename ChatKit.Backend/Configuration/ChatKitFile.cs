using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace ChatKit.Backend.Configuration;

/// <summary>
/// Finds and reads <c>chatkit.yaml</c>: the file that <c>CHATKIT_CONFIG</c> names, else the one in the folder where the process was started, else none. Servers may
/// also stand in <c>CHATKIT_MCP_SERVERS</c>, as JSON or YAML of the same shape.
/// </summary>
internal sealed record ChatKitFile(ChatKitConfig Config, IReadOnlyList<string> Problems, IReadOnlyList<string> Warnings)
{
    public const string FileVariable = "CHATKIT_CONFIG";
    public const string ServersVariable = "CHATKIT_MCP_SERVERS";
    public const string DefaultName = "chatkit.yaml";

    public static ChatKitFile Read(IConfiguration environment)
    {
        var file = new ConfigFindings(PathOf(environment));
        var config = Text(environment, file) is { } text && Root(text, file) is { } root
            ? ConfigBinder.Bind(new ConfigSection(root, "", file, environment))
            : ChatKitConfig.Default;

        var variable = new ConfigFindings(ServersVariable);
        if (environment[ServersVariable] is { } servers && !string.IsNullOrWhiteSpace(servers) && Root(servers, variable) is { } added)
        {
            var more = ConfigBinder.Servers(new ConfigSection(added, "", variable, environment));
            foreach (var twice in more.Where(server => config.McpServers.Any(other => other.Name == server.Name)))
                variable.Problem($"{twice.Name} stands in {file.Source} too");
            config = config with { McpServers = [.. config.McpServers, .. more] };
        }

        return new ChatKitFile(config, [.. file.Problems, .. variable.Problems], [.. file.Warnings, .. variable.Warnings]);
    }

    private static string PathOf(IConfiguration environment) => environment[FileVariable] is { } named && !string.IsNullOrWhiteSpace(named) ? named.Trim() : DefaultName;

    private static string? Text(IConfiguration environment, ConfigFindings findings)
    {
        try
        {
            return File.ReadAllText(findings.Source);
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            if (!string.IsNullOrWhiteSpace(environment[FileVariable]))
                findings.Problem($"is not there, and {FileVariable} names it");
            return null;
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            findings.Problem("cannot be read");
            return null;
        }
    }

    private static YamlMappingNode? Root(string text, ConfigFindings findings)
    {
        try
        {
            var stream = new YamlStream();
            stream.Load(new StringReader(text));
            switch (stream.Documents is [var first, ..] ? first.RootNode : null)
            {
                case YamlMappingNode mapping:
                    return mapping;
                case null or YamlScalarNode { Value: null or "" }:
                    return null;
                default:
                    findings.Problem("must be a mapping");
                    return null;
            }
        }
        catch (YamlException broken)
        {
            // The text around the fault may hold a secret: only the place is told.
            findings.Problem(broken.Start, "", "is not valid YAML");
            return null;
        }
    }
}
