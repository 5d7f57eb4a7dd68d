using System.Globalization;
using System.Text;
using ChatKit.Gateway.Endpoints.Administration;
using ChatKit.Gateway.Errors;
using ChatKit.Gateway.Spend.Reports;

namespace ChatKit.Gateway.Endpoints.Spend;

/// <summary>
/// LiteLLM's <c>/spend/logs</c> (https://docs.litellm.ai/docs/proxy/cost_tracking): settlements, newest first, or their sums by day. Whoever wants more than one answer
/// holds comes back with <c>cursor</c>, which the header <c>x-chatkit-next-cursor</c> gives; pages by number are counted up to ten thousand rows.
/// </summary>
internal static class SpendLogEndpoints
{
    private const string NextCursor = "x-chatkit-next-cursor";

    public static void MapSpendLogs(this IEndpointRouteBuilder routes)
    {
        routes.MapAdminGet("/spend/logs", RouteAccess.Own, LogsAsync);
        routes.MapAdminGet("/spend/logs/v2", RouteAccess.Own, PagedAsync);
        routes.MapAdminGet("/spend/logs/ui", RouteAccess.Own, PagedAsync);
    }

    private static async ValueTask<GatewayError?> LogsAsync(AdminCall call)
    {
        var query = call.Query;
        var (filter, error) = Filter(call);
        var limit = query.WholeNumber("limit", absent: 1_000, minimum: 1, maximum: 10_000);
        var summarize = query.Text("summarize") is null || query.Flag("summarize");
        var isTable = query.OneOf("format", "json", "json", "csv") is "csv";
        if ((error ?? query.Problem) is { } refused) return refused;
        if (isTable) return await CsvAsync(call, filter!);
        if (summarize && filter is { From: not null, Until: not null, RequestId: null, Scope: not null }) return await DailySummary.WriteAsync(call, filter);

        List<SpendLine> rows = [];
        if (await call.Service<SpendLog>().ReadAsync(filter!, limit + 1, rows, call.Aborted) is { } failed) return failed;
        SetNext(call, rows, limit);
        return await call.AnswerAsync(json =>
        {
            json.WriteStartArray();
            foreach (var row in rows) SpendRowWriter.Write(json, row);
            json.WriteEndArray();
        });
    }

    private static async ValueTask<GatewayError?> PagedAsync(AdminCall call)
    {
        var (filter, error) = Filter(call);
        var (page, size) = (call.Query.WholeNumber("page", 1, 1, 1_000_000), call.Query.WholeNumber("page_size", 50, 1, 1_000));
        var isTable = call.Query.OneOf("format", "json", "json", "csv") is "csv";
        if ((error ?? call.Query.Problem) is { } refused) return refused;
        if (isTable) return await CsvAsync(call, filter!);

        List<SpendLine> rows = [];
        var (total, failed) = await call.Service<SpendLog>().PageAsync(filter!, (page - 1) * size, size + 1, rows, call.Aborted);
        if (failed is not null) return failed;
        SetNext(call, rows, size);
        return await call.AnswerAsync(json =>
        {
            json.WriteStartObject();
            json.WriteStartArray("data"u8);
            foreach (var row in rows) SpendRowWriter.Write(json, row);
            json.WriteEndArray();
            json.WriteNumber("total"u8, total);
            json.WriteNumber("page"u8, page);
            json.WriteNumber("page_size"u8, size);
            json.WriteNumber("total_pages"u8, (total + size - 1) / size);
            json.WriteBoolean("total_is_capped"u8, total >= SpendLog.MostCounted);
            json.WriteEndObject();
        });
    }

    private static (SpendLogFilter? Filter, GatewayError? Error) Filter(AdminCall call)
    {
        var query = call.Query;
        var (scope, error) = SpendScope.Of(call.Caller, query.Text("user_id"), query.Text("team_id"), query.Text("api_key"));
        var cursor = query.Text("cursor");
        var after = cursor is null ? null : SpendCursor.Parse(cursor);
        if (cursor is not null && after is null) error ??= RequestErrors.Invalid("cursor", "is none that an answer gave");
        return (new SpendLogFilter(scope)
        {
            RequestId = query.Text("request_id"),
            EndUser = query.Text("end_user"),
            Model = query.Text("model"),
            SessionId = query.Text("session_id"),
            Status = query.Text("status_filter") is null ? null : query.OneOf("status_filter", "success", "success", "failure"),
            From = query.Instant("start_date"),
            Until = Until(query),
            MinSpend = Nano(query, "min_spend"),
            MaxSpend = Nano(query, "max_spend"),
            After = after,
        }, error);
    }

    /// <summary>A day is meant to its end, an instant as it stands.</summary>
    private static DateTime? Until(RequestQuery query) =>
        query.Instant("end_date") is not { } end ? null : query.Text("end_date")!.Length <= 10 ? end.AddDays(1) : end;

    private static long? Nano(RequestQuery query, string name) =>
        query.Text(name) is { } text && decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var dollars) && Math.Abs(dollars) < 1_000_000_000 ? (long)(dollars * 1_000_000_000) : null;

    /// <summary>The row beyond the limit says only that there is one.</summary>
    private static void SetNext(AdminCall call, List<SpendLine> rows, int limit)
    {
        if (rows.Count <= limit) return;
        rows.RemoveRange(limit, rows.Count - limit);
        var next = new SpendCursor(rows[^1].StartTime, rows[^1].RequestId).ToString();
        if (next.All(static letter => letter is > ' ' and < '\u007f')) call.Http.Response.Headers[NextCursor] = next;
    }

    /// <summary>All of it, as it is read: neither end holds the table.</summary>
    private static async ValueTask<GatewayError?> CsvAsync(AdminCall call, SpendLogFilter filter)
    {
        var response = call.Http.Response;
        var begun = false;
        return await call.Service<SpendLog>().StreamAsync(filter, async row =>
        {
            if (!begun) await BeginAsync();
            Encoding.UTF8.GetBytes(SpendCsv.Line(row), response.BodyWriter);
            if (response.BodyWriter.UnflushedBytes > 32 * 1024) await response.BodyWriter.FlushAsync(call.Aborted);
        }, call.Aborted) is { } failed ? failed : begun ? null : await BeginAsync();

        async Task<GatewayError?> BeginAsync()
        {
            begun = true;
            response.ContentType = SpendCsv.ContentType;
            response.Headers.ContentDisposition = "attachment; filename=\"spend.csv\"";
            await response.Body.WriteAsync(Encoding.UTF8.GetBytes(SpendCsv.Head), call.Aborted);
            return null;
        }
    }
}
