using System.Text.Json.Serialization;

namespace ChatKit.Gateway.Wire;

/// <summary>
/// What one replica tells the others, whole each time, so that a lost message loses nothing (the value of <c>chatkit:routing:replica:…</c> in Redis):
/// <code>{"d":{"smart-1":{"m":29387451,"r":12,"t":18210,"s":11,"f":1,"c":{"u":1763848267000,"s":429,"w":"it is at its rate limit"},"l":[[1763848260123,0.011,0.42]]}}}</code>
/// </summary>
/// <param name="D">By deployment, those that something happened to of late.</param>
internal sealed record SharedStateWire(Dictionary<string, SharedDeploymentWire> D);

/// <summary>One deployment, as one replica sees it: what it did itself in the minute <c>m</c> of the clock (requests, tokens, successes, failures), the rest
/// that it knows of (until, status, why), and its latest samples (time in milliseconds, seconds per token, seconds to the first token, below zero where there was none).</summary>
internal sealed record SharedDeploymentWire
{
    public long M { get; init; }

    public int R { get; init; }

    public long T { get; init; }

    public int S { get; init; }

    public int F { get; init; }

    public SharedCooldownWire? C { get; init; }

    public IReadOnlyList<double[]>? L { get; init; }
}

internal sealed record SharedCooldownWire(long U, int S, string W);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault)]
[JsonSerializable(typeof(SharedStateWire))]
internal sealed partial class SharedStateJson : JsonSerializerContext;
