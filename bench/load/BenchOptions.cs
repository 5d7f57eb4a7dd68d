namespace ChatKit.Bench.Load;

/// <summary>How thoroughly to measure.</summary>
/// <param name="Rounds">Rounds of each interleaved measure; medians are taken over them.</param>
/// <param name="RoundLength">How long each target is loaded in a round.</param>
/// <param name="WarmUp">How long each target is loaded before it counts: on one core, it takes the runtime that long to compile the hot path anew.</param>
/// <param name="Only">The measures to take; empty for all.</param>
/// <param name="Save">Whether the results are written to bench/results.</param>
internal sealed record BenchOptions(int Rounds, TimeSpan RoundLength, TimeSpan WarmUp, IReadOnlyList<string> Only, bool Save)
{
    /// <summary>Connections of the throughput measures, as many as streams at once in the streamed one.</summary>
    public const int Connections = 64;

    public bool Wants(string measure) => Only.Count == 0 || Only.Contains(measure, StringComparer.OrdinalIgnoreCase);
}
