namespace ChatKit.Gateway.Wire;

/// <summary>A member that a request must have.</summary>
internal sealed record RequiredMember(string Name, MemberShape Shape);

/// <summary>What a required member has to be; the provider judges the rest.</summary>
internal enum MemberShape
{
    /// <summary>An array of objects with at least one in it.</summary>
    Messages,

    /// <summary>Anything but null.</summary>
    Any,

    /// <summary>Anything, or nothing: another member may stand for it.</summary>
    Optional,
}
