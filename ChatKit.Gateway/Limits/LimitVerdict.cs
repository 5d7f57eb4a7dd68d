using ChatKit.Gateway.Errors;

namespace ChatKit.Gateway.Limits;

/// <summary>What the gate says of a call: what it took, or why it may not be made now. Neither where nothing limits it.</summary>
internal readonly record struct LimitVerdict(LimitHold? Hold, GatewayError? Error)
{
    public static implicit operator LimitVerdict(LimitHold hold) => new(hold, null);

    public static implicit operator LimitVerdict(GatewayError error) => new(null, error);
}
