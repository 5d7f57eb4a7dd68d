namespace ChatKit.Gateway.Config;

/// <summary>One thing about the gateway's configuration that somebody should change, said where it stands.</summary>
/// <param name="File">The file as the user named it; null where the finding is about the environment.</param>
/// <param name="Line">The line in the file, from 1; 0 where none applies.</param>
/// <param name="Path">The YAML path, e.g. <c>model_list[0].litellm_params.model</c>; empty for the file as a whole.</param>
/// <param name="Message">What is wrong and what would be accepted. Holds no secret.</param>
public sealed record ConfigurationProblem(string? File, int Line, string Path, string Message)
{
    /// <summary><c>config.yaml:12 model_list[0].litellm_params.rpm: must be a whole number …</c></summary>
    public override string ToString()
    {
        var place = File is null ? "" : Line > 0 ? $"{File}:{Line} " : $"{File} ";
        return Path.Length == 0 ? $"{place.TrimEnd()}: {Message}".TrimStart(':', ' ') : $"{place}{Path}: {Message}";
    }
}
