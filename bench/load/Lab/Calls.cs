namespace ChatKit.Bench.Load.Lab;

/// <summary>The requests that are sent. The model's name tells the gateway where to, and the mock upstream how, to answer.</summary>
internal static class Calls
{
    public const string MasterKey = "sk-bench";

    private const string Rest =
        """
        "messages":[{"role":"system","content":"You answer in one short paragraph."},{"role":"user","content":"What does a reverse proxy add to the cost of a call, and how would you measure it?"}],"temperature":0.2,"max_tokens":256}
        """;

    public const string Plain = """{"model":"bench",""" + Rest;

    public const string Routed = """{"model":"bench-routed",""" + Rest;

    public const string Priced = """{"model":"bench-priced",""" + Rest;

    public const string Streamed = """{"model":"bench","stream":true,""" + Rest;

    public const string SlowStream = """{"model":"bench","stream":true,"user":"slow",""" + Rest;

    public const string Anthropic = """{"model":"bench-anthropic",""" + Rest;
}
