using System.Collections.Concurrent;
using ChatKit.Gateway.Spend.Journal;

namespace ChatKit.Gateway.Spend;

/// <summary>
/// Where settlements go: into the journal, and from there into the database. Without a database there is nobody to keep them for, and only the metrics hear of them.
/// </summary>
internal sealed partial class SpendLedger(ILogger<SpendLedger> logger, SpendJournal? journal = null)
{
    /// <summary>Behind a wildcard clients make names up: what was told about once is remembered within bounds.</summary>
    private const int MostTold = 1_000;

    private readonly ConcurrentDictionary<string, bool> _told = new(StringComparer.Ordinal);

    public bool IsKept => journal is not null;

    /// <summary>Over when the settlement is safe from the end of this process. Never fails.</summary>
    public ValueTask RecordAsync(SpendRecord record)
    {
        if (record is { Cost: null, Failure: null }) NoteUnpriced(record);
        return journal?.AppendAsync(record) ?? default;
    }

    private void NoteUnpriced(SpendRecord record)
    {
        SpendInstruments.Unpriced.Add(1, new KeyValuePair<string, object?>("provider", record.Provider));
        if (_told.Count < MostTold && _told.TryAdd($"{record.Provider}/{record.Model}", true)) Log.Unpriced(logger, record.Provider, record.Model, record.ModelGroup);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "The price of {Provider}/{Model} (called as {Group}) is not known: what it costs is not counted. Say it in litellm_params (input_cost_per_token, output_cost_per_token …) or in a model_cost_map")]
        public static partial void Unpriced(ILogger logger, string provider, string model, string group);
    }
}
