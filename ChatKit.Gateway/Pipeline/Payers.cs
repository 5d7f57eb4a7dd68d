using ChatKit.Gateway.Model;
using ChatKit.Gateway.Model.Accounts;

namespace ChatKit.Gateway.Pipeline;

/// <summary>Who pays for an attempt: everybody who pays for its call, and the deployment and the provider that it went to, where these have budgets.</summary>
internal static class Payers
{
    public static IReadOnlyList<Account> Of(GatewayCall call, Deployment deployment)
    {
        var provider = call.Snapshot.Settings.Budgets.Providers.GetValueOrDefault(deployment.Provider);
        if (provider is null && deployment.Account is null) return call.Accounts;
        var payers = new List<Account>(call.Accounts);
        if (provider is not null) payers.Add(provider);
        if (deployment.Account is { } own) payers.Add(own);
        return payers;
    }
}
