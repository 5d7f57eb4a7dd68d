namespace ChatKit.Gateway.Model;

/// <summary>Who makes a call, once authenticated.</summary>
internal sealed record Caller(string Name, bool IsAdministrator)
{
    /// <summary>The holder of the master key.</summary>
    public static Caller Master { get; } = new("master", IsAdministrator: true);

    /// <summary>Anybody on this machine, while no master key is configured.</summary>
    public static Caller Loopback { get; } = new("loopback", IsAdministrator: true);
}
