using System.Data.Common;
using ChatKit.ServiceDefaults.Database;
using ChatKit.ServiceDefaults.Hosting;
using Microsoft.Extensions.Configuration;

namespace ChatKit.Cli.Up;

/// <summary>What <c>up</c> is going to start: options over environment over defaults, decided before anything runs.</summary>
/// <param name="Gateway">Where the gateway listens.</param>
/// <param name="Backend">Where the backend listens.</param>
/// <param name="Database">Where threads and jobs are kept.</param>
/// <param name="OwnDatabaseFile">The SQLite file that <c>up</c> brings; null where the environment names a database.</param>
/// <param name="GatewaySettings">What the gateway is told over its environment.</param>
/// <param name="Chat">What the backend and the worker are told over theirs.</param>
internal sealed record UpPlan(
    ListenAddress Gateway,
    ListenAddress Backend,
    DatabaseTarget Database,
    string? OwnDatabaseFile,
    IReadOnlyDictionary<string, string?> GatewaySettings,
    ChatSettings Chat)
{
    /// <exception cref="StartupException">Says which option or variable does not fit.</exception>
    public static UpPlan Make(IConfiguration environment, UpOptions options)
    {
        var port = options.Port ?? ListenAddress.GatewayPortOf(environment);
        if (port == options.BackendPort && port != 0)
            throw new StartupException($"gateway and backend cannot both listen on port {port}: give one of them another (--port, --backend-port)");
        var file = OwnFile(environment, options);
        var database = file is null ? Configured(environment) : Sqlite(file);
        return new(
            ListenAddress.Parse(options.Host, port),
            ListenAddress.Parse(options.Host, options.BackendPort),
            database,
            file,
            GatewaySettingsOf(options, file is null ? null : database),
            new ChatSettings(environment, file is null ? null : database, options.Port is not null));
    }

    private static Dictionary<string, string?> GatewaySettingsOf(UpOptions options, DatabaseTarget? ownDatabase)
    {
        var settings = new Dictionary<string, string?>(CliConfiguration.Overrides(options.Config));
        if (ownDatabase is not null)
            settings[DatabaseTarget.Variable] = ownDatabase.ConnectionString;
        return settings;
    }

    /// <summary>An explicit <c>--data</c> wins over the environment, as every option does.</summary>
    private static string? OwnFile(IConfiguration environment, UpOptions options) =>
        options.Data is null && DatabaseTarget.IsConfigured(environment)
            ? null
            : Path.GetFullPath(Path.Combine(options.Data ?? UpOptions.DefaultData, "chatkit.db"));

    private static DatabaseTarget Configured(IConfiguration environment) =>
        DatabaseTarget.TryResolve(environment, out var target, out var problem) ? target : throw new StartupException(problem);

    private static DatabaseTarget Sqlite(string file) =>
        new(DatabaseKind.Sqlite, new DbConnectionStringBuilder { ["Data Source"] = file }.ConnectionString) { FilePath = file };
}
