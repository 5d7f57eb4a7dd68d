using System.Text.Json;

namespace ChatKit.Gateway.Spend.Journal;

/// <summary>Settlements that the database cannot hold, a JSON line each, for somebody to look at: nothing is thrown away.</summary>
internal static class RefusedSettlements
{
    public static void Keep(JournalFolder folder, SpendRecord record)
    {
        Directory.CreateDirectory(folder.Path);
        File.AppendAllText(Path.Combine(folder.Path, "refused.jsonl"), JsonSerializer.Serialize(record, SpendJson.Default.SpendRecord) + "\n");
    }
}
