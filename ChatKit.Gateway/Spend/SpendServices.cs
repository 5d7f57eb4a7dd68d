using ChatKit.Gateway.Spend.Journal;
using ChatKit.Gateway.Spend.Reports;
using ChatKit.Gateway.Spend.Writing;
using ChatKit.ServiceDefaults.Database;

namespace ChatKit.Gateway.Spend;

/// <summary>Registers the spend log: with a database the whole of it, without one the ledger that keeps nothing.</summary>
internal static class SpendServices
{
    public static IServiceCollection AddSpend(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton<SpendLedger>().AddSingleton<SpendReports>().AddSingleton<SpendLog>();
        if (!DatabaseTarget.TryResolve(configuration, out var database, out _) || database.InMemory) return services;
        return services
            .AddSingleton(JournalFolder.Of(configuration, database))
            .AddSingleton<SpendJournal>()
            .AddSingleton<ISpendTables>(database.Kind == DatabaseKind.Sqlite ? new SqliteSpendTables() : new PostgresSpendTables())
            .AddSingleton<SpendStore>()
            .AddHostedService<SpendWriter>()
            .AddSingleton<SpendRetention>()
            .AddHostedService(static provider => provider.GetRequiredService<SpendRetention>());
    }
}
