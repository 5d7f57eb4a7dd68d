using ChatKit.Backend.Configuration;

namespace ChatKit.Backend;

/// <summary>What <c>chatkit check-env</c> has to say about <c>chatkit.yaml</c>.</summary>
/// <param name="Problems">What keeps the backend from starting, each with its place.</param>
/// <param name="Warnings">What it probably does not mean.</param>
public sealed record AssistantConfigurationAudit(IReadOnlyList<string> Problems, IReadOnlyList<string> Warnings)
{
    /// <summary>Reads what the environment names; starts nothing.</summary>
    public static AssistantConfigurationAudit Of(IConfiguration environment)
    {
        var file = ChatKitFile.Read(environment);
        return new(file.Problems, file.Warnings);
    }
}
