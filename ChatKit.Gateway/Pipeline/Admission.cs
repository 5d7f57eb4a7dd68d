using ChatKit.Gateway.Budgets;
using ChatKit.Gateway.Errors;
using ChatKit.Gateway.Keys;
using ChatKit.Gateway.Keys.Lookup;
using ChatKit.Gateway.Limits;
using ChatKit.Gateway.Model;
using ChatKit.Gateway.Model.Accounts;

namespace ChatKit.Gateway.Pipeline;

/// <summary>
/// Who may make a call and who pays for it: the stages that every call goes through before anything is sent, whichever way it takes then. What is reserved
/// here is given back when the call is disposed.
/// </summary>
internal sealed class Admission(KeyGate keys, CallAccounts named, BudgetGate budgets, LimitGate limits)
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
        ClientMock.Apply(call);
        call.EndUser = EndUser.Of(call);
        if (call.EndUser is null && call.Snapshot.Settings.Keys.RequiresUser && call.Operation.Path.Length > 0) return KeyErrors.NoUser;
        call.Tags = TagsOf(call);
        call.Accounts = AccountsOf(call.Caller!, call.Snapshot.Settings.Budgets);
        if (call.Snapshot.Settings.Budgets.Global is { } everybody) call.Accounts = [everybody, .. call.Accounts];
        var namesNobody = call.EndUser is null && call.Tags.Count == 0 && call.Caller!.ModelAccounts.Count == 0;
        if (!namesNobody && await AddNamedAsync(call) is { } blocked) return blocked;
        return await TakeAsync(call);
    }

    private static IReadOnlyList<Account> AccountsOf(Caller caller, BudgetSettings settings) => settings.BoundsUsersInTeams && caller is { TeamId: not null, UserBudgets.Count: > 0 }
        ? [.. caller.Accounts.Select(account => account.Id.Kind is AccountKind.User ? account with { Budgets = caller.UserBudgets } : account)]
        : caller.Accounts;

    /// <summary>Stages 4 and 5. Whoever has neither budget nor limit goes straight on.</summary>
    private async ValueTask<GatewayError?> TakeAsync(GatewayCall call)
    {
        var (isBound, isLimited) = (BudgetGate.Concerns(call.Accounts), LimitGate.Concerns(call.Accounts));
        if (!isBound && !isLimited) return null;
        var (estimate, settings) = (CallEstimate.Of(call), call.Snapshot.Settings.Budgets);
        if (isBound)
        {
            (call.Budget, var spent) = await budgets.ReserveAsync(call.Accounts, estimate.CostOf(call), settings);
            if (spent is not null) return spent;
        }

        if (!isLimited) return null;
        (call.Limits, var early) = await limits.ReserveAsync(call.Accounts, estimate.Counted(settings.CountedTokens));
        return early;
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
            if (customer.Region is not null) CustomerRegion.Apply(call, customer);
            accounts.Add(customer.Account.Budgets.Count == 0 && call.Snapshot.Settings.Budgets.OfCustomers is { } common ? customer.Account with { Budgets = [common] } : customer.Account);
        }

        foreach (var tag in call.Tags)
        {
            var account = await named.TagAsync(tag);
            accounts.Add(account.Budgets.Count == 0 && call.Snapshot.Settings.Budgets.Tags.TryGetValue(tag, out var configured) ? account with { Budgets = configured.Budgets } : account);
        }

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
