using ChatKit.Gateway.Errors;
using ChatKit.Gateway.Model;

namespace ChatKit.Gateway.Routing;

/// <summary>Runs one attempt at a deployment. Routing decides which and whether again; how an attempt goes is not its business.</summary>
/// <param name="route">The call's way so far: in which group it is now.</param>
/// <param name="deployment">Whom to try.</param>
/// <param name="number">1 for the first attempt of the call.</param>
/// <returns>Null where the attempt succeeded.</returns>
internal delegate ValueTask<GatewayError?> RunAttempt(CallRoute route, Deployment deployment, int number);
