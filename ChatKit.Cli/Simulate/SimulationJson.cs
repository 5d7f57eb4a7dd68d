using System.Text.Json;
using ChatKit.Gateway.Simulation;

namespace ChatKit.Cli.Simulate;

/// <summary>
/// The outcome for programs.
/// <code>{"groups":[{"group":"smart","unknown":0,"unpriced":0,"assumed":3,"logged":{"calls":40,"cost":0.41,…},"simulated":{…},"delta":{"cost":-0.12,…}}],"total":{…},"problems":["line 7: …"]}</code>
/// </summary>
internal static class SimulationJson
{
    public static void Write(SimulationReport report, Stream output)
    {
        using var json = new Utf8JsonWriter(output, new JsonWriterOptions { Indented = true });
        json.WriteStartObject();
        json.WriteStartArray("groups");
        foreach (var group in report.Groups)
            Write(json, group);
        json.WriteEndArray();
        json.WritePropertyName("total");
        Write(json, report.Total);
        json.WriteStartArray("problems");
        foreach (var problem in report.Problems)
            json.WriteStringValue(problem);
        json.WriteEndArray();
        json.WriteEndObject();
        json.Flush();
        output.WriteByte((byte)'\n');
    }

    private static void Write(Utf8JsonWriter json, GroupOutcome outcome)
    {
        var (logged, simulated) = (outcome.Logged, outcome.Simulated);
        json.WriteStartObject();
        json.WriteString("group", outcome.Group);
        json.WriteNumber("unknown", outcome.Unknown);
        json.WriteNumber("unpriced", outcome.Unpriced);
        json.WriteNumber("assumed", outcome.Assumed);
        Write(json, "logged", logged);
        Write(json, "simulated", simulated);
        Write(json, "delta", new CallFigures(
            simulated.Calls - logged.Calls,
            simulated.Cost - logged.Cost,
            simulated.Failed - logged.Failed,
            simulated.Fallbacks - logged.Fallbacks,
            simulated.OverLimit - logged.OverLimit,
            simulated.MedianSeconds - logged.MedianSeconds,
            simulated.SlowSeconds - logged.SlowSeconds));
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, string name, CallFigures figures)
    {
        json.WriteStartObject(name);
        json.WriteNumber("calls", figures.Calls);
        json.WriteNumber("cost", figures.Cost);
        json.WriteNumber("failed", figures.Failed);
        json.WriteNumber("fallbacks", figures.Fallbacks);
        json.WriteNumber("over_limit", figures.OverLimit);
        Write(json, "p50_seconds", figures.MedianSeconds);
        Write(json, "p95_seconds", figures.SlowSeconds);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, string name, double? seconds)
    {
        if (seconds is { } value)
            json.WriteNumber(name, Math.Round(value, 3));
        else
            json.WriteNull(name);
    }
}
