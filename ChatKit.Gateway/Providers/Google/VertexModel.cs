namespace ChatKit.Gateway.Providers.Google;

/// <summary>
/// Where a model stands below a project and location of Vertex AI: published by Google or a partner
/// (https://cloud.google.com/vertex-ai/docs/reference/rest/v1/projects.locations.publishers.models), or tuned and deployed to an endpoint of the project's own,
/// whose name is a number (https://cloud.google.com/vertex-ai/docs/reference/rest/v1/projects.locations.endpoints).
/// </summary>
internal static class VertexModel
{
    /// <summary>LiteLLM's spelling of a tuned Gemini: <c>vertex_ai/gemini/1234567890</c>.</summary>
    private const string Tuned = "gemini/";

    /// <summary>The address of an operation, relative to the deployment's base: <c>publishers/google/models/gemini-2.5-pro:generateContent</c>.</summary>
    public static string Operation(string model, string method) => $"{Path(model)}:{method}";

    /// <summary>True for Anthropic's models, which speak their own dialect there.</summary>
    public static bool IsClaude(string model) => model.StartsWith("claude-", StringComparison.Ordinal) || model.StartsWith("publishers/anthropic/", StringComparison.Ordinal);

    private static string Path(string model)
    {
        if (model.StartsWith("publishers/", StringComparison.Ordinal) || model.StartsWith("endpoints/", StringComparison.Ordinal)) return model;
        var name = model.StartsWith(Tuned, StringComparison.Ordinal) ? model[Tuned.Length..] : model;
        return name.All(char.IsAsciiDigit) ? $"endpoints/{name}" : $"publishers/{(IsClaude(name) ? "anthropic" : "google")}/models/{Escape(name)}";
    }

    /// <summary>Versions are written with an <c>@</c>, which a path may hold.</summary>
    private static string Escape(string name) => Uri.EscapeDataString(name).Replace("%40", "@", StringComparison.Ordinal);
}
