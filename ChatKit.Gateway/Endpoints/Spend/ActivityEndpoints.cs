using System.Text.Json;
using ChatKit.Gateway.Endpoints.Administration;
using ChatKit.Gateway.Errors;
using ChatKit.Gateway.Spend.Reports;

namespace ChatKit.Gateway.Endpoints.Spend;

/// <summary>
/// LiteLLM's <c>/global/activity</c> and <c>/global/activity/model</c>: requests and tokens by day.
/// <code>{"daily_data":[{"date":"Nov 23","api_requests":10,"total_tokens":2000}],"sum_api_requests":10,"sum_total_tokens":2000}</code>
/// </summary>
internal static class ActivityEndpoints
{
    private const int MostModels = 10;

    public static void MapActivity(this IEndpointRouteBuilder routes)
    {
        routes.MapAdminGet("/global/activity", RouteAccess.Own, AllAsync);
        routes.MapAdminGet("/global/activity/model", RouteAccess.Own, ByModelAsync);
    }

    private static async ValueTask<GatewayError?> AllAsync(AdminCall call)
    {
        var (sums, error) = await SumsAsync(call);
        return error ?? await call.AnswerAsync(json =>
        {
            json.WriteStartObject();
            WriteDays(json, sums);
            json.WriteEndObject();
        });
    }

    private static async ValueTask<GatewayError?> ByModelAsync(AdminCall call)
    {
        var (sums, error) = await SumsAsync(call);
        return error ?? await call.AnswerAsync(json =>
        {
            json.WriteStartArray();
            foreach (var model in sums.GroupBy(static sum => sum.By.Name).OrderByDescending(static model => model.Sum(static sum => sum.Requests)).Take(MostModels))
            {
                json.WriteStartObject();
                json.WriteString("model"u8, model.Key);
                WriteDays(json, [.. model]);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        });
    }

    private static async ValueTask<(List<SpendSum<DayAndName>> Sums, GatewayError? Error)> SumsAsync(AdminCall call)
    {
        var (scope, denied) = SpendScope.Of(call.Caller);
        if (call.Query.Text("start_date") is null || call.Query.Text("end_date") is null) denied ??= RequestErrors.Invalid("start_date", "Please provide start_date and end_date");
        var (from, to) = call.Days();
        if ((denied ?? call.Query.Problem) is { } refused) return ([], refused);
        var (kind, ids) = DailySummary.KindOf(scope);
        List<SpendSum<DayAndName>> sums = [];
        var error = await call.Service<SpendReports>().ReadAsync(async spend =>
            sums = await spend.DailyGroupsAsync(new DailySums(kind, from, to) { Ids = ids }), call.Aborted);
        return (sums, error);
    }

    private static void WriteDays(Utf8JsonWriter json, IReadOnlyList<SpendSum<DayAndName>> sums)
    {
        json.WriteStartArray("daily_data"u8);
        foreach (var day in sums.GroupBy(static sum => sum.By.Day).OrderBy(static day => day.Key))
        {
            json.WriteStartObject();
            json.WriteString("date"u8, day.Key.ToString("MMM dd", System.Globalization.CultureInfo.InvariantCulture));
            json.WriteNumber("api_requests"u8, day.Sum(static sum => sum.Requests));
            json.WriteNumber("total_tokens"u8, day.Sum(static sum => sum.Tokens));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteNumber("sum_api_requests"u8, sums.Sum(static sum => sum.Requests));
        json.WriteNumber("sum_total_tokens"u8, sums.Sum(static sum => sum.Tokens));
    }
}
