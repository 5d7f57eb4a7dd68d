using System.Text;
using ChatKit.Gateway.Endpoints.Administration;
using ChatKit.Gateway.Errors;
using ChatKit.Gateway.Model.Accounts;
using ChatKit.Gateway.Pipeline;
using ChatKit.Gateway.Spend.Reports;

namespace ChatKit.Gateway.Endpoints.Spend;

/// <summary>
/// LiteLLM's <c>/global/spend/report</c> (https://docs.litellm.ai/docs/proxy/cost_tracking#-spend-tracking---get-spend-per-user-team): what each team or customer spent on
/// each day, or each key altogether, and on which models. Also as a table, <c>format=csv</c>.
/// </summary>
internal static class SpendReportEndpoints
{
    public static void MapSpendReport(this IEndpointRouteBuilder routes) => routes.MapAdminGet("/global/spend/report", RouteAccess.Own, ReportAsync);

    private static async ValueTask<GatewayError?> ReportAsync(AdminCall call)
    {
        var query = call.Query;
        var by = query.OneOf("group_by", "team", "team", "customer", "api_key");
        var isTable = query.OneOf("format", "json", "json", "csv") is "csv";
        var (scope, denied) = SpendScope.Of(call.Caller, query.Text("internal_user_id"), query.Text("team_id"), query.Text("api_key"));
        if (denied is null && !scope.IsEverybody && scope.TeamId is null) by = "api_key";
        var (from, to) = call.Days();
        if ((denied ?? query.Problem) is { } refused) return refused;

        var sums = Sums(by, scope, query.Text("customer_id"), from, to);
        List<SpendSum<ReportLine>> lines = [];
        var teams = new Dictionary<string, string>();
        var error = await call.Service<SpendReports>().ReadAsync(async spend =>
        {
            lines = await spend.LinesAsync(sums);
            if (by is "team") teams = await spend.TeamNamesAsync([.. lines.Select(static line => line.By.Id).Distinct()]);
        }, call.Aborted);
        if (error is not null) return error;
        lines.Sort(static (a, b) => (a.By.Day, -a.Spend).CompareTo((b.By.Day, -b.Spend)));
        return isTable ? await TableAsync(call, lines, teams) : by is "api_key" ? await KeysAsync(call, lines) : await DaysAsync(call, lines, by, teams);
    }

    private static DailySums Sums(string by, SpendScope scope, string? customer, DateOnly from, DateOnly to) => by switch
    {
        "team" => new DailySums(AccountKind.Team, from, to) { Ids = scope.TeamId is { } team ? [team] : null, KeyHash = scope.KeyHash },
        "customer" => new DailySums(AccountKind.Customer, from, to) { Ids = customer is null ? null : [customer], KeyHash = scope.KeyHash },
        _ when scope.UserId is { } user => new DailySums(AccountKind.User, from, to) { Ids = [user], KeyHash = scope.KeyHash },
        _ when scope.TeamId is { } team => new DailySums(AccountKind.Team, from, to) { Ids = [team], KeyHash = scope.KeyHash },
        _ => new DailySums(AccountKind.Key, from, to) { Ids = scope.KeyHash is { } key ? [key] : null },
    };

    /// <summary><c>[{"group_by_day":"2026-11-23","teams":[{"team_name":"a","total_spend":0.1,"metadata":[{"model":"gpt-4o","spend":0.1,"api_key":"…","total_tokens":14}]}]}]</c></summary>
    private static ValueTask<GatewayError?> DaysAsync(AdminCall call, List<SpendSum<ReportLine>> lines, string by, Dictionary<string, string> teams) => call.AnswerAsync(json =>
    {
        json.WriteStartArray();
        foreach (var day in lines.GroupBy(static line => line.By.Day))
        {
            json.WriteStartObject();
            json.WriteString("group_by_day"u8, day.Key.Text());
            json.WriteStartArray(by is "team" ? "teams" : "customers");
            foreach (var payer in day.GroupBy(static line => line.By.Id))
            {
                json.WriteStartObject();
                json.WriteString(by is "team" ? "team_name" : "customer", teams.GetValueOrDefault(payer.Key, payer.Key));
                json.WriteDollars("total_spend", payer.Sum(static line => line.Spend));
                json.WriteStartArray("metadata"u8);
                foreach (var line in payer)
                {
                    json.WriteStartObject();
                    json.WriteString("model"u8, line.By.Model);
                    json.WriteDollars("spend", line.Spend);
                    json.WriteString("api_key"u8, line.By.KeyHash);
                    json.WriteNumber("total_tokens"u8, line.Tokens);
                    json.WriteEndObject();
                }

                json.WriteEndArray();
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    });

    /// <summary><c>[{"api_key":"…","total_cost":0.1,"total_input_tokens":9,"total_output_tokens":5,"model_details":[{"model":"gpt-4o","total_cost":0.1,…}]}]</c></summary>
    private static ValueTask<GatewayError?> KeysAsync(AdminCall call, List<SpendSum<ReportLine>> lines) => call.AnswerAsync(json =>
    {
        json.WriteStartArray();
        foreach (var key in lines.GroupBy(static line => line.By.KeyHash).OrderByDescending(static key => key.Sum(static line => line.Spend)))
        {
            json.WriteStartObject();
            json.WriteString("api_key"u8, key.Key);
            WriteTotals(key);
            json.WriteStartArray("model_details"u8);
            foreach (var model in key.GroupBy(static line => line.By.Model))
            {
                json.WriteStartObject();
                json.WriteString("model"u8, model.Key);
                WriteTotals(model);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();

        void WriteTotals(IEnumerable<SpendSum<ReportLine>> some)
        {
            json.WriteDollars("total_cost", some.Sum(static line => line.Spend));
            json.WriteNumber("total_input_tokens"u8, some.Sum(static line => line.PromptTokens));
            json.WriteNumber("total_output_tokens"u8, some.Sum(static line => line.CompletionTokens));
        }
    });

    private static async ValueTask<GatewayError?> TableAsync(AdminCall call, List<SpendSum<ReportLine>> lines, Dictionary<string, string> teams)
    {
        var response = call.Http.Response;
        response.ContentType = SpendCsv.ContentType;
        response.Headers.ContentDisposition = "attachment; filename=\"spend-report.csv\"";
        Encoding.UTF8.GetBytes("day,name,api_key,model,spend,prompt_tokens,completion_tokens,requests,unpriced\r\n", response.BodyWriter);
        foreach (var line in lines)
        {
            var row = SpendCsv.Line(
                line.By.Day.Text(), teams.GetValueOrDefault(line.By.Id, line.By.Id), line.By.KeyHash, line.By.Model, Dollars.Text(line.Spend), SpendCsv.Number(line.PromptTokens),
                SpendCsv.Number(line.CompletionTokens), SpendCsv.Number(line.Requests), SpendCsv.Number(line.Unpriced));
            Encoding.UTF8.GetBytes(row, response.BodyWriter);
            if (response.BodyWriter.UnflushedBytes > 32 * 1024) await response.BodyWriter.FlushAsync(call.Aborted);
        }

        await response.BodyWriter.FlushAsync(call.Aborted);
        return null;
    }
}
