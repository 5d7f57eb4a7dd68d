using System.Text.Json;
using ChatKit.Gateway.Config;
using ChatKit.ServiceDefaults.Contract;

namespace ChatKit.Cli.Audit;

/// <summary>
/// The report for programs.
/// <code>{"can_start":false,"findings":[{"variable":"DATABASE_URL","status":"missing","blocks":true,"last_four":null,"advice":"is not set: …"}],
///  "config_problems":["config.yaml:3 model_list[0]: …"],"config_warnings":[]}</code>
/// </summary>
internal static class AuditJson
{
    public static void Write(AuditReport report, Stream output)
    {
        using var json = new Utf8JsonWriter(output, new JsonWriterOptions { Indented = true });
        json.WriteStartObject();
        json.WriteBoolean("can_start", report.CanStart);
        json.WriteStartArray("findings");
        foreach (var finding in report.Findings)
            Write(finding, json);
        json.WriteEndArray();
        Write("config_problems", report.Problems, json);
        Write("config_warnings", report.Warnings, json);
        json.WriteEndObject();
        json.Flush();
        output.WriteByte((byte)'\n');
    }

    private static void Write(string name, IReadOnlyList<ConfigurationProblem> problems, Utf8JsonWriter json)
    {
        json.WriteStartArray(name);
        foreach (var problem in problems)
            json.WriteStringValue(problem.ToString());
        json.WriteEndArray();
    }

    private static void Write(Finding finding, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("variable", finding.Variable);
        json.WriteString("status", finding.Status.ToString().ToLowerInvariant());
        json.WriteBoolean("blocks", finding.Blocks);
        json.WriteString("last_four", finding.LastFour);
        json.WriteString("advice", finding.Advice);
        json.WriteEndObject();
    }
}
