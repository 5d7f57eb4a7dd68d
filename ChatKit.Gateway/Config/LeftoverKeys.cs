using ChatKit.Gateway.Config.Yaml;

namespace ChatKit.Gateway.Config;

/// <summary>Says what became of the keys in a section that nothing read: known and waiting, or unknown and probably mistyped. Never an error.</summary>
internal static class LeftoverKeys
{
    private const string NotYet = "is known to LiteLLM and not implemented yet; it has no effect";

    public static void Warn(ConfigSection section, IReadOnlyList<string> implemented, IReadOnlyList<string> notYet)
    {
        foreach (var member in section.Unread.Where(member => !(notYet.Contains(member.Key) && IsOff(member))))
        {
            section.Report.Warning(member.Origin, notYet.Contains(member.Key)
                ? NotYet
                : $"is not a key that the gateway knows; it has no effect{NearMiss.Hint(member.Key, [.. implemented, .. notYet])}");
        }
    }

    /// <summary>A deployment's leftovers are request parameters, except those that LiteLLM keeps for itself.</summary>
    public static IEnumerable<ConfigMember> RequestParameters(ConfigSection parameters, IReadOnlyList<string> implemented)
    {
        foreach (var member in parameters.Unread)
        {
            if (implemented.Contains(member.Key))
            {
                parameters.Report.Warning(member.Origin, "has no effect on this deployment");
                continue;
            }

            if (KnownKeys.DeploymentNotYet.Contains(member.Key) || KnownKeys.IsPrice(member.Key))
            {
                if (!IsOff(member))
                    parameters.Report.Warning(member.Origin, NotYet);
                continue;
            }

            if (NearMiss.For(member.Key, implemented) is { } near && !OpenAiParameters.Contains(member.Key))
                parameters.Report.Warning(member.Origin, $"is sent to the provider as a request parameter; did you mean {near}?");
            yield return member;
        }
    }

    /// <summary>What is switched off is not missed.</summary>
    private static bool IsOff(ConfigMember member) => member.Value is ConfigScalar { IsNull: true } or ConfigScalar { Text: "false" or "False" or "FALSE" };

    /// <summary>Parameters of a chat completion that resemble a key of ours and are meant as they stand.</summary>
    private static readonly HashSet<string> OpenAiParameters = ["models", "metadata", "top_p", "stop", "seed", "user", "store", "audio", "tools", "n"];
}
