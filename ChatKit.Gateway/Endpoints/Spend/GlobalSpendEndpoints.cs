using ChatKit.Gateway.Endpoints.Administration;
using ChatKit.Gateway.Errors;
using ChatKit.Gateway.Model.Accounts;
using ChatKit.Gateway.Spend.Reports;

namespace ChatKit.Gateway.Endpoints.Spend;

/// <summary>
/// LiteLLM's lists of who and what spends most (litellm/proxy/spend_tracking/spend_management_endpoints.py): keys, users, models, teams, providers, tags, days. Without
/// dates the last thirty days.
/// </summary>
internal static class GlobalSpendEndpoints
{
    public static void MapGlobalSpend(this IEndpointRouteBuilder routes)
    {
        routes.MapAdminGet("/global/spend", RouteAccess.View, TotalAsync);
        routes.MapAdminGet("/global/spend/logs", RouteAccess.Own, DaysAsync);
        routes.MapAdminGet("/global/spend/models", RouteAccess.View, call => TopAsync(call, AccountKind.Global, "model", "total_spend"));
        routes.MapAdminGet("/global/spend/provider", RouteAccess.View, call => TopAsync(call, AccountKind.Global, "provider", "spend"));
        routes.MapAdminGet("/global/spend/tags", RouteAccess.View, TagsAsync);
        routes.MapAdminGet("/spend/tags", RouteAccess.View, TagsAsync);
        routes.MapAdminGet("/global/spend/all_tag_names", RouteAccess.View, TagNamesAsync);
        routes.MapAdminGet("/global/spend/teams", RouteAccess.View, TeamsAsync);
    }

    /// <summary><c>{"spend":1.5,"max_budget":null}</c>: of all times.</summary>
    private static async ValueTask<GatewayError?> TotalAsync(AdminCall call)
    {
        long total = 0;
        var error = await call.Service<SpendReports>().ReadAsync(async spend => total = await spend.OfAllTimesAsync(AccountKind.Global, ""), call.Aborted);
        return error ?? await call.AnswerAsync(json =>
        {
            json.WriteStartObject();
            json.WriteDollars("spend", total);
            if (call.Snapshot.Settings.Budgets.Global is { Budgets: [{ Max: { } max }, ..] }) json.WriteDollars("max_budget", max);
            else json.WriteNull("max_budget"u8);
            json.WriteEndObject();
        });
    }

    /// <summary><c>[{"date":"2026-11-23","spend":0.5}]</c>; of one key where it is named, of one's own for those who see no more.</summary>
    private static async ValueTask<GatewayError?> DaysAsync(AdminCall call)
    {
        var (scope, denied) = SpendScope.Of(call.Caller, key: call.Query.Text("api_key"));
        var (from, to) = call.Days();
        if ((denied ?? call.Query.Problem) is { } refused) return refused;
        var (kind, ids) = DailySummary.KindOf(scope);
        List<SpendSum<DateOnly>> days = [];
        var sums = new DailySums(kind, from, to) { Ids = ids, KeyHash = kind is AccountKind.User ? scope.KeyHash : null };
        var error = await call.Service<SpendReports>().ReadAsync(async spend => days = await spend.DaysAsync(sums), call.Aborted);
        return error ?? await call.AnswerAsync(json =>
        {
            json.WriteStartArray();
            foreach (var day in days.OrderBy(static day => day.By))
            {
                json.WriteStartObject();
                json.WriteString("date"u8, day.By.Text());
                json.WriteDollars("spend", day.Spend);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        });
    }

    private static async ValueTask<GatewayError?> TopAsync(AdminCall call, AccountKind kind, string name, string amount)
    {
        var (from, to) = call.Days();
        var limit = call.Query.WholeNumber("limit", 10, 1, 1_000);
        if (call.Query.Problem is { } refused) return refused;
        List<SpendSum<string>> found = [];
        var sums = new DailySums(kind, from, to);
        var error = await call.Service<SpendReports>().ReadAsync(async spend =>
            found = name is "model" ? await spend.ModelsAsync(sums) : await spend.ProvidersAsync(sums), call.Aborted);
        return error ?? await call.AnswerAsync(json =>
        {
            json.WriteStartArray();
            foreach (var sum in found.OrderByDescending(static sum => sum.Spend).Take(limit))
            {
                json.WriteStartObject();
                json.WriteString(name, sum.By);
                json.WriteDollars(amount, sum.Spend);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        });
    }

    /// <summary><c>[{"individual_request_tag":"red","log_count":4,"total_spend":0.1}]</c></summary>
    private static async ValueTask<GatewayError?> TagsAsync(AdminCall call)
    {
        var asked = call.Query.Text("tags")?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var (tags, error) = await TagsOfAsync(call, asked);
        return error ?? await call.AnswerAsync(json =>
        {
            json.WriteStartArray();
            foreach (var tag in tags)
            {
                json.WriteStartObject();
                json.WriteString("individual_request_tag"u8, tag.By);
                json.WriteNumber("log_count"u8, tag.Requests);
                json.WriteDollars("total_spend", tag.Spend);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        });
    }

    private static async ValueTask<GatewayError?> TagNamesAsync(AdminCall call)
    {
        var (tags, error) = await TagsOfAsync(call, null);
        return error ?? await call.AnswerAsync(json =>
        {
            json.WriteStartObject();
            json.WriteStartArray("tag_names"u8);
            foreach (var tag in tags) json.WriteStringValue(tag.By);
            json.WriteEndArray();
            json.WriteEndObject();
        });
    }

    private static async ValueTask<(List<SpendSum<string>> Tags, GatewayError? Error)> TagsOfAsync(AdminCall call, string[]? asked)
    {
        var (from, to) = call.Days();
        if (call.Query.Problem is { } refused) return ([], refused);
        List<SpendSum<string>> tags = [];
        var sums = new DailySums(AccountKind.Tag, from, to) { Ids = asked };
        var error = await call.Service<SpendReports>().ReadAsync(async spend => tags = await spend.IdsAsync(sums), call.Aborted);
        return ([.. tags.OrderByDescending(static tag => tag.Spend).ThenBy(static tag => tag.By, StringComparer.Ordinal)], error);
    }

    /// <summary><c>{"daily_spend":[{"date":"…","team a":0.1}],"teams":["team a"],"total_spend_per_team":[{"team_id":"team a","total_spend":0.1}]}</c></summary>
    private static async ValueTask<GatewayError?> TeamsAsync(AdminCall call)
    {
        var (from, to) = call.Days();
        if (call.Query.Problem is { } refused) return refused;
        List<SpendSum<DayAndName>> sums = [];
        var names = new Dictionary<string, string>();
        var error = await call.Service<SpendReports>().ReadAsync(async spend =>
        {
            sums = await spend.DailyIdsAsync(new DailySums(AccountKind.Team, from, to));
            names = await spend.TeamNamesAsync([.. sums.Select(static sum => sum.By.Name).Distinct()]);
        }, call.Aborted);
        return error ?? await call.AnswerAsync(json =>
        {
            json.WriteStartObject();
            json.WriteStartArray("daily_spend"u8);
            foreach (var day in sums.GroupBy(static sum => sum.By.Day).OrderBy(static day => day.Key))
            {
                json.WriteStartObject();
                json.WriteString("date"u8, day.Key.Text());
                foreach (var team in day) json.WriteDollars(names.GetValueOrDefault(team.By.Name, team.By.Name), team.Spend);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            var totals = sums.GroupBy(static sum => sum.By.Name).Select(static team => (Id: team.Key, Spend: team.Sum(static sum => sum.Spend))).OrderByDescending(static team => team.Spend).ToList();
            json.WriteStartArray("teams"u8);
            foreach (var (id, _) in totals) json.WriteStringValue(names.GetValueOrDefault(id, id));
            json.WriteEndArray();
            json.WriteStartArray("total_spend_per_team"u8);
            foreach (var (id, spend) in totals)
            {
                json.WriteStartObject();
                json.WriteString("team_id"u8, names.GetValueOrDefault(id, id));
                json.WriteDollars("total_spend", spend);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        });
    }
}
