using System.Text.Json;
using ChatKit.Gateway.Endpoints.Administration;
using ChatKit.Gateway.Errors;
using ChatKit.Gateway.Pipeline;
using ChatKit.Gateway.Spend.Reports;
using ChatKit.Gateway.Wire.Json;

namespace ChatKit.Gateway.Endpoints.Spend;

/// <summary>What the answers about spend have in common: money in dollars, LiteLLM's names of sums, and members that are named by what they count.</summary>
internal static class SpendAnswers
{
    /// <summary>Answers with what is written, as JSON.</summary>
    public static async ValueTask<GatewayError?> AnswerAsync(this AdminCall call, Action<Utf8JsonWriter> write)
    {
        call.Http.Response.ContentType = "application/json; charset=utf-8";
        await using var json = new Utf8JsonWriter(call.Http.Response.BodyWriter, JsonText.Plain);
        write(json);
        await json.FlushAsync(call.Aborted);
        return null;
    }

    public static void WriteDollars(this Utf8JsonWriter json, string name, long nano) => json.WriteNumber(name, Dollars.Of(nano));

    /// <summary>LiteLLM's <c>SpendMetrics</c>, and how many settlements have no price.</summary>
    public static void WriteMetrics<T>(this Utf8JsonWriter json, string name, IEnumerable<SpendSum<T>> sums)
    {
        var all = sums as IReadOnlyCollection<SpendSum<T>> ?? [.. sums];
        json.WriteStartObject(name);
        json.WriteDollars("spend", all.Sum(static sum => sum.Spend));
        json.WriteNumber("prompt_tokens", all.Sum(static sum => sum.PromptTokens));
        json.WriteNumber("completion_tokens", all.Sum(static sum => sum.CompletionTokens));
        json.WriteNumber("cache_read_input_tokens", all.Sum(static sum => sum.CacheReadTokens));
        json.WriteNumber("cache_creation_input_tokens", all.Sum(static sum => sum.CacheCreationTokens));
        json.WriteNumber("total_tokens", all.Sum(static sum => sum.Tokens));
        json.WriteNumber("successful_requests", all.Sum(static sum => sum.Successful));
        json.WriteNumber("failed_requests", all.Sum(static sum => sum.Requests - sum.Successful));
        json.WriteNumber("api_requests", all.Sum(static sum => sum.Requests));
        json.WriteNumber("unpriced_requests", all.Sum(static sum => sum.Unpriced));
        json.WriteEndObject();
    }

    /// <summary>The days that are asked for, both included; the last thirty where none are.</summary>
    public static (DateOnly From, DateOnly To) Days(this AdminCall call)
    {
        var today = DateOnly.FromDateTime(call.Service<TimeProvider>().GetUtcNow().UtcDateTime);
        var to = call.Query.Instant("end_date") is { } end ? DateOnly.FromDateTime(end) : today;
        return (call.Query.Instant("start_date") is { } start ? DateOnly.FromDateTime(start) : to.AddDays(-30), to);
    }

    public static string Text(this DateOnly day) => day.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
}
