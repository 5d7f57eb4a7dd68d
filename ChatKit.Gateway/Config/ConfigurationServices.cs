using ChatKit.Gateway.Model;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace ChatKit.Gateway.Config;

/// <summary>Registers the snapshot that calls read and the service that keeps it up to date.</summary>
internal static class ConfigurationServices
{
    /// <exception cref="GatewayConfigurationException">The configuration cannot be used; holds every problem.</exception>
    public static IServiceCollection AddGatewayConfiguration(this IServiceCollection services, IConfiguration configuration, IReadOnlyList<ProviderRow> rows)
    {
        var loader = new ConfigurationLoader(configuration, rows);
        var loaded = loader.Load();
        if (loaded.Report.Problems.Count > 0 || loaded.Snapshot is null)
            throw new GatewayConfigurationException(loaded.Report.Problems);

        services.TryAddSingleton(TimeProvider.System);
        return services
            .AddSingleton(loader)
            .AddSingleton(loaded)
            .AddSingleton(new SnapshotHolder(loaded.Snapshot))
            .AddSingleton<IModelBinding, ModelBinding>()
            .AddHostedService<ConfigurationReloader>();
    }
}
