using ChatKit.Backend;
using ChatKit.Gateway;
using ChatKit.Worker;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.Json;
using Microsoft.Extensions.Configuration.Memory;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace ChatKit.Cli.Up;

/// <summary>The three services as hosts of this process, each as its own program would build it, with what the command line decided on top.</summary>
internal static class ServiceHosts
{
    /// <summary>Open streams are cut after this long, so that Ctrl-C ends what people see ending.</summary>
    private static readonly TimeSpan StopWithin = TimeSpan.FromSeconds(3);

    /// <summary>Below all other configuration: one process is one service to whoever collects its telemetry.</summary>
    private static readonly Dictionary<string, string?> Defaults = new() { ["OTEL_SERVICE_NAME"] = "chatkit" };

    /// <summary>The gateway in a process that is nothing else, and may therefore be tuned for it.</summary>
    public static WebApplication GatewayAlone(ListenAddress address, IReadOnlyDictionary<string, string?> settings) =>
        Gateway(WebApplication.CreateSlimBuilder().UseInlineSockets(), address, settings);

    public static WebApplication Gateway(ListenAddress address, IReadOnlyDictionary<string, string?> settings) =>
        Gateway(WebApplication.CreateSlimBuilder(), address, settings);

    private static WebApplication Gateway(WebApplicationBuilder builder, ListenAddress address, IReadOnlyDictionary<string, string?> settings)
    {
        Supervise(builder, settings);
        builder.AddGateway();
        var app = At(address, builder.Build()).MapGateway();
        address.MustBeLocalWithout(app.MasterKey());
        return app;
    }

    public static WebApplication Backend(ListenAddress address, IReadOnlyDictionary<string, string?> settings)
    {
        var builder = WebApplication.CreateSlimBuilder();
        Supervise(builder, settings);
        builder.AddBackend();
        return At(address, builder.Build()).MapBackend();
    }

    public static IHost Worker(IReadOnlyDictionary<string, string?> settings)
    {
        var builder = Host.CreateApplicationBuilder();
        Supervise(builder, settings);
        builder.AddWorker();
        return builder.Build();
    }

    private static void Supervise(IHostApplicationBuilder builder, IReadOnlyDictionary<string, string?> settings)
    {
        // An appsettings.json in the person's folder belongs to another program.
        foreach (var file in builder.Configuration.Sources.OfType<JsonConfigurationSource>().ToList())
            builder.Configuration.Sources.Remove(file);
        builder.Configuration.AddInMemoryCollection(settings);
        builder.Configuration.Sources.Insert(0, new MemoryConfigurationSource { InitialData = Defaults });
        builder.Services.AddSingleton<IHostLifetime, SupervisedLifetime>();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = StopWithin);
    }

    private static WebApplication At(ListenAddress address, WebApplication app)
    {
        app.Urls.Add(address.Url);
        return app;
    }
}
