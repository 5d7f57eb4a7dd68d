using ChatKit.ServiceDefaults.Configuration;
using Microsoft.Extensions.Configuration;

namespace ChatKit.ServiceDefaults.Models;

/// <summary>One row of the table at <see cref="ModelEndpoint"/>.</summary>
/// <param name="Name"><c>MODEL_PROVIDER</c>, trimmed, in lower case.</param>
/// <param name="BaseVariables">The variables that may hold the base address, strongest first.</param>
/// <param name="KeyVariable">Holds the key unless <c>MODEL_API_KEY_ENV</c> names another.</param>
/// <param name="DefaultBase">The base address where no variable gives one.</param>
/// <param name="NoBase">What to say where that has none either.</param>
internal sealed record ModelProvider(
    string Name,
    IReadOnlyList<string> BaseVariables,
    string? KeyVariable,
    Func<IConfiguration, string?> DefaultBase,
    VariableProblem? NoBase)
{
    public const string Variable = "MODEL_PROVIDER";
    public const string KeyNameVariable = "MODEL_API_KEY_ENV";
    public const string BaseVariable = "MODEL_API_BASE";
    public const string OpenAiBaseVariable = "CHATKIT_API_BASE";
    public const string OpenAi = "openai";
    public const string LiteLlm = "litellm";

    private const string OpenAiBase = "https://api.openai.com";

    public static ModelProvider From(IConfiguration configuration)
    {
        var name = configuration[Variable]?.Trim().ToLowerInvariant();
        return name switch
        {
            null or "" or OpenAi => new(OpenAi, [BaseVariable, OpenAiBaseVariable], "OPENAI_API_KEY", _ => OpenAiBase, NoBase: null),
            LiteLlm => new(LiteLlm, [BaseVariable, "LITELLM_API_BASE"], "LITELLM_API_KEY", Gateway, GatewayPort.Problem),
            _ => new(name, [BaseVariable], KeyVariable: null, _ => null, BaseMissing(name)),
        };
    }

    private static VariableProblem BaseMissing(string name) =>
        new(BaseVariable, $"is not set: MODEL_PROVIDER={name} has no address of its own");

    private static string? Gateway(IConfiguration configuration) =>
        ServiceDiscovery.Find(configuration, ModelEndpoint.GatewayService)
        ?? (GatewayPort.Read(configuration) is { } port ? $"http://127.0.0.1:{port}" : null);
}
