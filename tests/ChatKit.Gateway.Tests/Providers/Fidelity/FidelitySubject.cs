using System.Text;
using ChatKit.Gateway.Model;
using ChatKit.Gateway.Providers;
using ChatKit.Gateway.Providers.OpenAiCompatible;
using ChatKit.Gateway.Tests.Config;
using ChatKit.Gateway.Wire;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace ChatKit.Gateway.Tests.Providers.Fidelity;

/// <summary>A provider whose fidelity is shown: a deployment of it, bound as a file would be, and how the gateway speaks to it. A new dialect joins with one line.</summary>
internal sealed record FidelitySubject(string Title, string Name, Deployment Deployment)
{
    private static readonly (string Title, string Name, string Parameters)[] Rows =
    [
        ("OpenAI", "openai", "model: openai/gpt-5.4, api_key: k"),
        ("Azure OpenAI", "azure", "model: azure/gpt-5.4, api_key: k, api_base: 'https://resource.openai.azure.com'"),
        ("Mistral", "mistral", "model: mistral/mistral-large-latest, api_key: k"),
        ("Groq", "groq", "model: groq/openai/gpt-oss-120b, api_key: k"),
        ("Ollama", "ollama", "model: ollama/llama3.3"),
        ("Anthropic", "anthropic", "model: anthropic/claude-sonnet-4-6, api_key: k"),
        ("Bedrock (Claude)", "bedrock", "model: bedrock/anthropic.claude-sonnet-4-5-20250929-v1:0, api_key: k, aws_region_name: eu-west-1"),
        ("Gemini", "gemini", "model: gemini/gemini-2.5-pro, api_key: k"),
        ("Vertex AI (Gemini)", "vertex_ai", "model: vertex_ai/gemini-2.5-pro, api_key: k, vertex_project: p, vertex_location: global"),
        ("Cohere", "cohere", "model: cohere/command-a-03-2025, api_key: k"),
    ];

    private static readonly ProviderCatalog Catalog = OpenCatalog();

    /// <summary>Those that chat.</summary>
    public static IReadOnlyList<FidelitySubject> All { get; } = [.. Bind().Where(static subject => Catalog.For(subject.Deployment, Operation.Chat) is not null)];

    public static FidelitySubject Of(string name) => All.Single(subject => subject.Name == name);

    /// <summary>Whose words it speaks.</summary>
    public string Dialect => Name is not "groq" && Chat is OpenAiCompatibleProvider ? "openai" : Name;

    public IProvider Chat => Speaks(Operation.Chat)!;

    /// <summary>Null where the provider cannot serve the operation.</summary>
    public IProvider? Speaks(Operation operation) => Catalog.For(Deployment, operation)?.Dialect;

    /// <summary>The call as the pipeline would hand it over; null where the pipeline refuses the body.</summary>
    public ModelCall? Call(Operation operation, ReadOnlyMemory<byte> body, ParameterPolicy? policy = null) =>
        CallEnvelopeReader.Read(body.Span, operation.Input, out var envelope) is not null
            ? null
            : new ModelCall(envelope, body, Deployment with { Parameters = policy ?? ParameterPolicy.Default }, Deployment.UpstreamModel, "client-model");

    public ModelCall Call(string body, ParameterPolicy? policy = null) =>
        Call(Operation.Chat, Encoding.UTF8.GetBytes(body), policy) ?? throw new InvalidOperationException($"Not a request: {body}");

    private static IEnumerable<FidelitySubject> Bind()
    {
        var entries = Rows.Select(static row => $"  - {{ model_name: {row.Name}, litellm_params: {{ {row.Parameters} }} }}");
        var snapshot = ConfigFolder.Bind("model_list:\n" + string.Join('\n', entries));
        return Rows.Select(row => new FidelitySubject(row.Title, row.Name, snapshot.Groups[row.Name].Deployments[0]));
    }

    private static ProviderCatalog OpenCatalog()
    {
        var builder = WebApplication.CreateBuilder();
        builder.AddGateway();
        return builder.Build().Services.GetRequiredService<ProviderCatalog>();
    }
}
