using ChatKit.Gateway.Errors;
using ChatKit.Gateway.Model;

namespace ChatKit.Gateway.Keys;

/// <summary>What the gate says of a request: the caller, or why there is none.</summary>
internal readonly record struct Admitted(Caller? Caller, GatewayError? Error)
{
    public static implicit operator Admitted(Caller caller) => new(caller, null);

    public static implicit operator Admitted(GatewayError error) => new(null, error);
}
