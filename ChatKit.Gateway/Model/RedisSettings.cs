namespace ChatKit.Gateway.Model;

/// <summary>The Redis that replicas share their state through: <c>router_settings.redis_*</c>, else <c>REDIS_*</c> of the environment.</summary>
/// <param name="Host">Name or address.</param>
/// <param name="Port">6379 unless said otherwise.</param>
/// <param name="Password">Null where it asks for none.</param>
internal sealed record RedisSettings(string Host, int Port, Secret? Password)
{
    public const int DefaultPort = 6379;

    public int Database { get; init; }

    public bool UsesTls { get; init; }

    /// <summary>For logs: without account and password.</summary>
    public override string ToString() => $"{Host}:{Port}";
}
