using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ChatKit.ServiceDefaults.Hosting;

/// <summary>Runs a service as a process: from build to exit code.</summary>
public static partial class ServiceHost
{
    /// <summary>
    /// Builds, starts and runs a host until it is told to stop. What a person can put right is told in one sentence on standard error.
    /// </summary>
    /// <returns>0 after a clean stop, 1 when it could not start or a background service crashed.</returns>
    /// <param name="args">The command line; <c>--probe PATH</c> asks the running service instead (<see cref="HealthProbe"/>).</param>
    /// <param name="build">Builds the host.</param>
    public static async Task<int> RunAsync(string[] args, Func<IHost> build)
    {
        if (HealthProbe.IsRequested(args))
            return await HealthProbe.RunAsync(args);
        try
        {
            using var host = build();
            if (!await StartedAsync(host))
                return 0;
            TellAddress(host);
            await host.WaitForShutdownAsync();
            return Crashed(host) ? 1 : 0;
        }
        catch (StartupException refusal)
        {
            await Console.Error.WriteLineAsync($"error: {refusal.Message}");
            return 1;
        }
    }

    /// <summary>False when the signal to stop came before everything had started.</summary>
    private static async Task<bool> StartedAsync(IHost host)
    {
        var stopping = host.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        try
        {
            await StartAsync(host);
            return true;
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            return false;
        }
    }

    /// <summary>Starts a host; an address that cannot be listened on becomes a <see cref="StartupException"/>.</summary>
    public static async Task StartAsync(IHost host, CancellationToken cancellationToken = default)
    {
        try
        {
            await host.StartAsync(cancellationToken);
        }
        catch (IOException failure) when (failure.InnerException is AddressInUseException)
        {
            throw new StartupException(failure.Message, failure);
        }
        catch (SocketException failure)
        {
            throw new StartupException($"cannot listen on the address asked for: {failure.Message}", failure);
        }
    }

    /// <summary>One line in the log of a service that runs alone; a command that starts several tells them together.</summary>
    private static void TellAddress(IHost host)
    {
        var name = host.Services.GetRequiredService<IHostEnvironment>().ApplicationName;
        var logger = host.Services.GetRequiredService<ILoggerFactory>().CreateLogger(name);
        if (host.Services.GetService<IServer>()?.Features.Get<IServerAddressesFeature>() is { Addresses.Count: > 0 } bound)
            Log.Listening(logger, string.Join(", ", bound.Addresses));
    }

    /// <summary>Whether a background service of the host ended by an exception, which stops the host.</summary>
    public static bool Crashed(IHost host) =>
        host.Services.GetServices<IHostedService>().OfType<BackgroundService>().Any(service => service.ExecuteTask is { IsFaulted: true });

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "Listening on {Addresses}")]
        public static partial void Listening(ILogger logger, string addresses);
    }
}
