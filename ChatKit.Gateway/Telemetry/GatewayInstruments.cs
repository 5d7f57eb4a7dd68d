using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace ChatKit.Gateway.Telemetry;

/// <summary>The gateway's one source of spans and one meter. Nobody listening, they cost a field read each.</summary>
internal static class GatewayInstruments
{
    public const string Name = "ChatKit.Gateway";

    public static ActivitySource Source { get; } = new(Name);

    private static readonly Meter Meter = new(Name);

    // The bucket boundaries are the convention's.
    private static readonly double[] Durations = [0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92];
    private static readonly double[] FirstTokens = [0.001, 0.005, 0.01, 0.02, 0.04, 0.06, 0.08, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10];
    private static readonly double[] TokenTimes = [0.01, 0.025, 0.05, 0.075, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.75, 1, 2.5];
    private static readonly long[] TokenCounts = [1, 4, 16, 64, 256, 1024, 4096, 16384, 65536, 262144, 1048576, 4194304, 16777216, 67108864];

    /// <summary>One upstream attempt, from sending to the last byte.</summary>
    public static Histogram<double> AttemptDuration { get; } = Seconds("gen_ai.client.operation.duration", "Duration of an attempt at a provider", Durations);

    public static Histogram<double> AttemptFirstChunk { get; } =
        Seconds("gen_ai.client.operation.time_to_first_chunk", "From sending an attempt to its first content", FirstTokens);

    public static Histogram<long> TokenUsage { get; } = Meter.CreateHistogram(
        "gen_ai.client.token.usage", "{token}", "Tokens that an attempt consumed", advice: new InstrumentAdvice<long> { HistogramBucketBoundaries = TokenCounts });

    /// <summary>One call as its client saw it, whatever attempts it took.</summary>
    public static Histogram<double> CallDuration { get; } = Seconds("gen_ai.server.request.duration", "Duration of a call to the gateway", Durations);

    public static Histogram<double> CallFirstToken { get; } =
        Seconds("gen_ai.server.time_to_first_token", "From the arrival of a call to its first content", FirstTokens);

    public static Histogram<double> CallTokenTime { get; } =
        Seconds("gen_ai.server.time_per_output_token", "Time per token after the first", TokenTimes);

    /// <summary>Calls that asked the cache, by model group and by what came of it.</summary>
    public static Counter<long> CacheLookups { get; } = Meter.CreateCounter<long>("chatkit.gateway.cache.lookups", "{lookup}", "Calls that asked the cache of answers");

    private static Histogram<double> Seconds(string name, string description, double[] boundaries) => Meter.CreateHistogram(
        name, "s", description, advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = boundaries });
}
