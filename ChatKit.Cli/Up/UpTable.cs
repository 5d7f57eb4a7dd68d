using ChatKit.Gateway;
using ChatKit.ServiceDefaults.Database;
using Spectre.Console;

namespace ChatKit.Cli.Up;

/// <summary>What a person wants to know once everything runs.</summary>
internal static class UpTable
{
    public static void Write(UpPlan plan, Running running, GatewayConfigurationAudit configuration)
    {
        var console = Terminal.Output();
        var table = new Table().NoBorder().HideHeaders().AddColumns("what", "where", "note");
        Row(table, "Chat", running.BackendUrl, "the page");
        Row(table, "API", $"{running.GatewayUrl}/v1", running.AsksForKey ? "for any OpenAI client, with the gateway's key" : "for any OpenAI client; no key is needed on this machine");
        Row(table, "Models", Models(configuration), configuration.File ?? (configuration.ProviderKeys.Count == 0 ? "a provider's key in .env brings its models" : ""));
        Row(table, "Data", Data(plan), plan.OwnDatabaseFile is null ? "" : $"{DatabaseTarget.Variable} is not set");
        console.WriteLine();
        console.Write(table);
        console.WriteLine();
        console.WriteLine("Ctrl-C stops it.");
    }

    private static void Row(Table table, string what, string where, string note) =>
        table.AddRow(new Text($"  {what}", new Style(decoration: Decoration.Bold)), new Text(where, new Style(Color.Aqua)), new Text(note, new Style(Color.Grey)));

    private static string Models(GatewayConfigurationAudit configuration) => configuration.File is null
        ? string.Join(", ", ["demo", .. configuration.ProviderKeys.Select(key => $"{key.Provider}/*")])
        : "as configured";

    private static string Data(UpPlan plan) => plan.Database switch
    {
        { Kind: DatabaseKind.PostgreSql } => "PostgreSQL",
        { FilePath: { } file } => $"SQLite, {Path.GetRelativePath(Environment.CurrentDirectory, file)}",
        _ => "SQLite in memory: threads end with this process",
    };
}
