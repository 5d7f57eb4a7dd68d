using System.Text.RegularExpressions;

namespace ChatKit.Gateway.Model.Facts;

/// <summary>
/// Under which names the facts about a model may have been published: its own first, then the name without what only says where it runs, then the same model
/// at the provider that made it, at last without the date of a snapshot. Nothing here guesses at a relative of the model.
/// </summary>
internal static partial class PublishedNames
{
    public static IEnumerable<(string Provider, string Model)> Of(string provider, string model)
    {
        var local = Local(provider, model);
        var anywhere = provider is "bedrock" ? BedrockRegion().Replace(local, "") : local;
        foreach (var name in (string[])[model, local, anywhere, Undated(anywhere)])
        {
            yield return (provider, name);
            foreach (var maker in Makers(provider)) yield return (maker, name);
        }
    }

    /// <summary>Bedrock: <c>converse/eu-west-1/eu.anthropic.claude-…</c>, where <c>eu.</c> has a price of its own; Vertex AI: <c>claude-sonnet-4-5@20250929</c>, which Anthropic writes with a hyphen.</summary>
    private static string Local(string provider, string model) => provider switch
    {
        "bedrock" => model[(model.LastIndexOf('/') + 1)..],
        "vertex_ai" => model[(model.LastIndexOf('/') + 1)..].Replace('@', '-'),
        _ => model,
    };

    private static string[] Makers(string provider) => provider switch
    {
        "azure" or "azure_ai" => ["openai"],
        "codestral" => ["mistral"],
        "cohere_chat" => ["cohere"],
        "vertex_ai" => ["gemini", "anthropic"],
        _ => [],
    };

    /// <summary><c>gpt-4o-mini-2024-07-18</c>, <c>claude-3-5-sonnet-20241022</c>, <c>anthropic.claude-3-haiku-20240307-v1:0</c>.</summary>
    private static string Undated(string model) => Date().Replace(model, "");

    [GeneratedRegex(@"^(us|eu|apac|au|ca|jp|us-gov|global)\.")]
    private static partial Regex BedrockRegion();

    [GeneratedRegex(@"-20\d{2}-?\d{2}-?\d{2}(-v\d+(:\d+)?)?$")]
    private static partial Regex Date();
}
