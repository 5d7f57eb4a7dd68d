using System.Diagnostics.Metrics;
using ChatKit.Gateway.Telemetry;

namespace ChatKit.Gateway.Spend;

/// <summary>What an operator watches of money on its way to the database.</summary>
internal static class SpendInstruments
{
    private static readonly Meter Meter = new(GatewayInstruments.Name);

    /// <summary>Settlements that are in no file and no database, and will not be.</summary>
    public static Counter<long> Lost { get; } = Meter.CreateCounter<long>("chatkit.spend.lost", "{settlement}", "Settlements that neither the journal nor the database took");

    /// <summary>Writes that the journal's disk refused.</summary>
    public static Counter<long> JournalRefusals { get; } = Meter.CreateCounter<long>("chatkit.spend.journal.refusals", "{write}", "Writes that the journal's disk refused");

    /// <summary>Settlements that are in the database.</summary>
    public static Counter<long> Stored { get; } = Meter.CreateCounter<long>("chatkit.spend.stored", "{settlement}", "Settlements that were stored");

    /// <summary>Settlements of models whose price nobody knows.</summary>
    public static Counter<long> Unpriced { get; } = Meter.CreateCounter<long>("chatkit.spend.unpriced", "{settlement}", "Settlements whose cost is not known");
}
