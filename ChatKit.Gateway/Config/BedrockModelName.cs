using System.Text.RegularExpressions;

namespace ChatKit.Gateway.Config;

/// <summary>
/// What stands behind <c>bedrock/</c> (https://docs.litellm.ai/docs/providers/bedrock): a route that LiteLLM chooses between (<c>converse/</c>, <c>invoke/</c>;
/// here chat is always Converse), a region, and the id or ARN of the model, which may name a region too.
/// </summary>
internal static partial class BedrockModelName
{
    public static (string Model, string? Region) Read(string written)
    {
        var name = written;
        foreach (var route in (string[])["converse/", "invoke/"])
            if (name.StartsWith(route, StringComparison.Ordinal))
                name = name[route.Length..];
        if (RegionPath().Match(name) is { Success: true } path) return (name[path.Length..], path.Groups[1].Value);
        return (name, name.StartsWith("arn:", StringComparison.Ordinal) && name.Split(':') is { Length: > 3 } parts && parts[3].Length > 0 ? parts[3] : null);
    }

    [GeneratedRegex("^([a-z]{2}(?:-[a-z]+)+-[0-9]+)/")]
    private static partial Regex RegionPath();
}
