using ChatKit.Gateway.Errors;
using ChatKit.Gateway.Keys;
using ChatKit.Gateway.Keys.Lookup;
using ChatKit.Gateway.Model.Accounts;

namespace ChatKit.Gateway.Pipeline;

/// <summary>
/// Who may make a call and who pays for it: the stages that every call goes through before anything is sent, whichever way it takes then. What is reserved
/// here is given back when the call is disposed.
/// </summary>
internal sealed class Admission(KeyGate keys, CallAccounts named)
{
    /// <summary>Stage 1: who calls.</summary>
    public async ValueTask<GatewayError?> AdmitAsync(GatewayCall call)
    {
        var (caller, denied) = await keys.AdmitAsync(call.Http, call.Snapshot.Settings);
        call.Caller = caller;
        return denied;
    }

    /// <summary>Stages 3 to 5, once it is known what is asked for: may they, who pays, and is there enough left.</summary>
    public async ValueTask<GatewayError?> ReserveAsync(GatewayCall call)
    {
        if (Refuse(call) is { } denied) return denied;
        call.EndUser = EndUser.Of(call);
        if (call.EndUser is null && call.Snapshot.Settings.Keys.RequiresUser && call.Operation.Path.Length > 0) return KeyErrors.NoUser;
        call.Tags = TagsOf(call);
        call.Accounts = call.Caller!.Accounts;
        return call.EndUser is null && call.Tags.Count == 0 && call.Caller.ModelAccounts.Count == 0 ? null : await AddNamedAsync(call);
    }

    private static GatewayError? Refuse(GatewayCall call) => call.Operation.Path.Length > 0
        ? ModelAccess.Refuse(call.Caller!, call.Snapshot, call.ClientModel, call.Match!)
        : ModelAccess.RefusePassing(call.Caller!, call.Match!.Group.Deployments[0].Provider, call.Http.Request.Path.Value ?? "");

    /// <summary>The accounts that the call itself names: for whom it is, its tags, and the model where the key has limits for just that one.</summary>
    private async ValueTask<GatewayError?> AddNamedAsync(GatewayCall call)
    {
        var accounts = new List<Account>(call.Accounts);
        var models = call.Caller!.ModelAccounts;
        if (models.TryGetValue(call.ClientModel, out var ofModel) || models.TryGetValue(call.Match!.Group.Name, out ofModel)) accounts.Add(ofModel);
        if (call.EndUser is { } id)
        {
            var customer = await named.CustomerAsync(id);
            if (customer.IsBlocked) return KeyErrors.CustomerBlocked(id);
            accounts.Add(customer.Account);
        }

        foreach (var tag in call.Tags) accounts.Add(await named.TagAsync(tag));
        call.Accounts = accounts;
        return null;
    }

    /// <summary>The key's and the team's, then the call's own, each once.</summary>
    private static IReadOnlyList<string> TagsOf(GatewayCall call)
    {
        var (caller, header, body) = (call.Caller!.Tags, call.Overrides.Tags, call.Envelope.Routing?.Tags ?? []);
        if (caller.Count == 0 && body.Count == 0) return header;
        return [.. caller.Concat(header).Concat(body).Distinct(StringComparer.Ordinal)];
    }
}
