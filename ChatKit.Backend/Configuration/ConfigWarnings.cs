namespace ChatKit.Backend.Configuration;

/// <summary>Tells at the start what in <c>chatkit.yaml</c> is read by nobody.</summary>
internal sealed partial class ConfigWarnings(ChatKitFile file, ILogger<ConfigWarnings> logger) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var warning in file.Warnings)
            Log.Doubtful(logger, warning);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "{Warning}")]
        public static partial void Doubtful(ILogger logger, string warning);
    }
}
