using ChatKit.Gateway.Keys.Lookup;
using ChatKit.Gateway.Routing;

namespace ChatKit.Gateway.Pipeline;

/// <summary>
/// A customer whose calls stay in a region (https://docs.litellm.ai/docs/proxy/customers): no deployment elsewhere is asked, and where the model has none there, the
/// customer's default model stands in for it, if the caller may call that.
/// </summary>
internal static class CustomerRegion
{
    public static void Apply(GatewayCall call, KnownCustomer customer)
    {
        call.Region = customer.Region;
        var isServed = call.Match!.Group.Deployments.Any(deployment => Regions.IsIn(deployment.Region, customer.Region!));
        if (isServed || customer.DefaultModel is not { } model || call.Snapshot.Resolve(model) is not { } match) return;
        if (call.Caller!.DeniedBy(call.Snapshot, model, match) is null) call.Match = match;
    }
}
