using ChatKit.ServiceDefaults.Database;
using ChatKit.ServiceDefaults.Models;
using Microsoft.Extensions.Configuration;

namespace ChatKit.Cli.Up;

/// <summary>
/// What <c>up</c> tells the backend and the worker over their environment, so that they work with nothing set: its database, and the way to
/// the gateway beside them.
/// </summary>
/// <param name="environment">What the person set.</param>
/// <param name="ownDatabase">The database that <c>up</c> brings; null where the environment names one.</param>
/// <param name="gatewayIsExplicit">An option says where the gateway is, which wins over <c>LITELLM_API_BASE</c>.</param>
internal sealed class ChatSettings(IConfiguration environment, DatabaseTarget? ownDatabase, bool gatewayIsExplicit)
{
    /// <summary>Sent where the gateway asks for no key; a model client cannot send none.</summary>
    public const string NoKey = "sk-no-key-on-this-machine";

    /// <summary>The settings, once the gateway's address and the key that it asks for are known.</summary>
    public IReadOnlyDictionary<string, string?> For(string gatewayUrl, string? gatewayKey)
    {
        var settings = new Dictionary<string, string?> { [$"services:{ModelEndpoint.GatewayService}:http:0"] = gatewayUrl };
        if (gatewayIsExplicit)
            settings["LITELLM_API_BASE"] = gatewayUrl;
        if (ownDatabase is not null)
            settings[DatabaseTarget.Variable] = ownDatabase.ConnectionString;
        if (!IsSet("MODEL_PROVIDER"))
            settings["MODEL_PROVIDER"] = "litellm";
        if (!IsSet("LITELLM_API_KEY"))
            settings["LITELLM_API_KEY"] = gatewayKey ?? NoKey;
        return settings;
    }

    private bool IsSet(string variable) => !string.IsNullOrWhiteSpace(environment[variable]);
}
