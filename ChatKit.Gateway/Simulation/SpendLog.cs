using System.Globalization;
using System.Text.Json;
using ChatKit.Gateway.Model;
using ChatKit.Gateway.Wire.LiteLlm;

namespace ChatKit.Gateway.Simulation;

/// <summary>Reads a spend log: JSON lines, a row each. A line that is no call is told by its number, and the rest is read all the same.</summary>
internal static class SpendLog
{
    private const int DefaultFailure = 500;

    public static (List<LoggedCall> Calls, List<string> Problems) Read(TextReader log)
    {
        var (calls, problems) = (new List<LoggedCall>(), new List<string>());
        for (var number = 1; log.ReadLine() is { } line; number++)
        {
            if (string.IsNullOrWhiteSpace(line)) continue;
            var call = Read(line, number, out var problem);
            if (call is not null) calls.Add(call);
            else problems.Add($"line {number}: {problem}");
        }

        return (calls, problems);
    }

    private static LoggedCall? Read(string line, int number, out string? problem)
    {
        try
        {
            var row = JsonSerializer.Deserialize(line, SpendRowJson.Default.SpendRowWire);
            problem = row is null ? "is null" : Complaint(row);
            return problem is null ? Call(row!, number) : null;
        }
        catch (JsonException broken)
        {
            problem = $"is not a JSON object of the spend log: {broken.Message.Split(". Path:")[0].TrimEnd('.')}";
            return null;
        }
    }

    private static string? Complaint(SpendRowWire row) =>
        string.IsNullOrEmpty(row.ModelGroup) && string.IsNullOrEmpty(row.Model) ? "has neither model_group nor model"
        : Time(row.StartTime) is not { } start ? "startTime is missing, or is no time"
        : Time(row.EndTime) is not { } end ? "endTime is missing, or is no time"
        : end < start ? "endTime is before startTime"
        : row.PromptTokens < 0 || row.CompletionTokens < 0 || row.Spend < 0 ? "has a number below zero"
        : null;

    private static LoggedCall Call(SpendRowWire row, int number)
    {
        var metadata = Inner(row.Metadata);
        return new LoggedCall
        {
            Line = number,
            Group = string.IsNullOrEmpty(row.ModelGroup) ? row.Model! : row.ModelGroup,
            DeploymentId = string.IsNullOrEmpty(row.ModelId) ? null : row.ModelId,
            Model = WithProvider(row.Model ?? row.ModelGroup!, row.CustomLlmProvider),
            StartedAt = Time(row.StartTime)!.Value,
            Duration = Time(row.EndTime)!.Value - Time(row.StartTime)!.Value,
            Usage = new TokenUsage(row.PromptTokens ?? 0, row.CompletionTokens ?? 0, CacheRead: Cached(metadata)),
            Cost = row.Spend ?? 0,
            FailedWith = row.Status is "failure" ? Status(metadata) : null,
            FellBack = Number(metadata, "attempted_fallbacks") > 0,
            Tags = Inner(row.RequestTags) is { ValueKind: JsonValueKind.Array } tags ? [.. tags.EnumerateArray().Where(tag => tag.ValueKind is JsonValueKind.String).Select(tag => tag.GetString()!)] : [],
        };
    }

    private static string WithProvider(string model, string? provider) =>
        string.IsNullOrEmpty(provider) || model.StartsWith(provider + "/", StringComparison.Ordinal) ? model : $"{provider}/{model}";

    /// <summary>LiteLLM writes ISO 8601 with a T or a blank, with a zone or in UTC.</summary>
    private static DateTimeOffset? Time(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time) ? time : null;

    private static int Status(JsonElement metadata) =>
        metadata.ValueKind is JsonValueKind.Object && metadata.TryGetProperty("error_information", out var error) && Number(error, "error_code") is >= 400 and <= 599 and var status
            ? (int)status
            : DefaultFailure;

    private static long Cached(JsonElement metadata) =>
        metadata.ValueKind is JsonValueKind.Object
            && metadata.TryGetProperty("usage_object", out var usage) && usage.ValueKind is JsonValueKind.Object
            && usage.TryGetProperty("prompt_tokens_details", out var details)
                ? Math.Max(0, Number(details, "cached_tokens"))
                : 0;

    private static long Number(JsonElement element, string name) =>
        element.ValueKind is not JsonValueKind.Object || !element.TryGetProperty(name, out var value) ? 0
        : value.ValueKind is JsonValueKind.Number && value.TryGetInt64(out var number) ? number
        : value.ValueKind is JsonValueKind.String && long.TryParse(value.GetString(), NumberStyles.None, CultureInfo.InvariantCulture, out number) ? number
        : 0;

    private static JsonElement Inner(JsonElement value)
    {
        if (value.ValueKind is not JsonValueKind.String) return value;
        try
        {
            using var inner = JsonDocument.Parse(value.GetString()!);
            return inner.RootElement.Clone();
        }
        catch (JsonException)
        {
            return default;
        }
    }
}
