using ChatKit.Gateway.Model;
using StackExchange.Redis;

namespace ChatKit.Gateway.Redis;

/// <summary>How every part of the gateway connects to Redis: nothing fails because it is not there yet, and the client tries again by itself.</summary>
internal static class RedisConnection
{
    public static Task<ConnectionMultiplexer> OpenAsync(RedisSettings settings) => ConnectionMultiplexer.ConnectAsync(new ConfigurationOptions
    {
        EndPoints = { { settings.Host, settings.Port } },
        Password = settings.Password?.Reveal(),
        Ssl = settings.UsesTls,
        // It tries again by itself, and what is asked in between fails.
        AbortOnConnectFail = false,
        ConnectTimeout = 1000,
        SyncTimeout = 1000,
        ClientName = "chatkit-gateway",
    });

    /// <summary>Whoever waits for an answer that does not come would wait here too.</summary>
    public static void Close(ConnectionMultiplexer connection)
    {
        connection.Close(allowCommandsToComplete: false);
        connection.Dispose();
    }
}
