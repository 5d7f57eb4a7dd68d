using ChatKit.Gateway.Errors;
using ChatKit.Gateway.Model;

namespace ChatKit.Gateway.Telemetry.Prometheus;

/// <summary>A call that is over, as its client saw it.</summary>
/// <param name="Caller">Null where nobody was let in.</param>
/// <param name="EndUser">For whom the caller called.</param>
/// <param name="Group">The group that the client asked for; empty where there is no such.</param>
/// <param name="Last">The attempt that answered, or the last that failed.</param>
/// <param name="Duration">From its arrival to its end.</param>
/// <param name="Error">What the client was told; null where its answer began.</param>
internal readonly record struct CallFact(Caller? Caller, string? EndUser, string Group, Attempt? Last, TimeSpan Duration, GatewayError? Error);
