using System.Text.Json;
using ChatKit.Gateway.Endpoints.Administration;
using ChatKit.Gateway.Errors;
using ChatKit.Gateway.Model.Accounts;
using ChatKit.Gateway.Spend.Reports;

namespace ChatKit.Gateway.Endpoints.Spend;

/// <summary>
/// LiteLLM's <c>*/daily/activity</c> (litellm/types/proxy/management_endpoints/common_daily_activity.py): each day's figures, and the same by model, group, provider, key
/// and whose they are. A page is some days.
/// </summary>
internal static class DailyActivityEndpoints
{
    /// <summary>Of a day, by what they spent: with a million keys nobody reads the rest.</summary>
    private const int MostKeys = 500;

    public static void MapDailyActivity(this IEndpointRouteBuilder routes)
    {
        routes.MapAdminGet("/user/daily/activity", RouteAccess.Own, call => AnswerAsync(call, AccountKind.User, call.Query.Text("user_id")));
        routes.MapAdminGet("/team/daily/activity", RouteAccess.Own, call => AnswerAsync(call, AccountKind.Team, call.Query.Text("team_ids") ?? call.Query.Text("team_id")));
        routes.MapAdminGet("/tag/daily/activity", RouteAccess.View, call => AnswerAsync(call, AccountKind.Tag, call.Query.Text("tags")));
        routes.MapAdminGet("/customer/daily/activity", RouteAccess.View, call => AnswerAsync(call, AccountKind.Customer, call.Query.Text("end_user_ids") ?? call.Query.Text("customer_id")));
        routes.MapAdminGet("/end_user/daily/activity", RouteAccess.View, call => AnswerAsync(call, AccountKind.Customer, call.Query.Text("end_user_ids")));
    }

    private static async ValueTask<GatewayError?> AnswerAsync(AdminCall call, AccountKind kind, string? asked)
    {
        var (sums, denied) = Sums(call, kind, asked);
        var (page, size) = (call.Query.WholeNumber("page", 1, 1, 10_000), call.Query.WholeNumber("page_size", 50, 1, 1_000));
        if ((denied ?? call.Query.Problem) is { } refused) return refused;

        List<SpendSum<ActivityOf>> models = [];
        List<SpendSum<DayAndName>> keys = [], entities = [];
        var names = new Dictionary<string, NamedKey>();
        var error = await call.Service<SpendReports>().ReadAsync(async spend =>
        {
            models = await spend.ActivityAsync(sums);
            keys = await spend.DailyKeysAsync(sums.Kind is AccountKind.Global ? sums with { Kind = AccountKind.Key } : sums);
            keys = [.. keys.GroupBy(static key => key.By.Day).SelectMany(static day => day.OrderByDescending(static key => key.Spend).Take(MostKeys))];
            names = await spend.KeyNamesAsync([.. keys.Select(static key => key.By.Name).Distinct()]);
            if (sums.Kind is not AccountKind.Global) entities = await spend.DailyIdsAsync(sums);
        }, call.Aborted);
        if (error is not null) return error;

        var days = models.Select(static sum => sum.By.Day).Distinct().OrderDescending().ToList();
        var (modelsOf, keysOf, entitiesOf) = (models.ToLookup(static sum => sum.By.Day), keys.ToLookup(static sum => sum.By.Day), entities.ToLookup(static sum => sum.By.Day));
        return await call.AnswerAsync(json =>
        {
            json.WriteStartObject();
            json.WriteStartArray("results"u8);
            foreach (var day in days.Skip((page - 1) * size).Take(size))
            {
                json.WriteStartObject();
                json.WriteString("date"u8, day.Text());
                json.WriteMetrics("metrics", modelsOf[day]);
                json.WriteStartObject("breakdown"u8);
                WriteBreakdown(json, "models", modelsOf[day], static sum => sum.By.Model);
                WriteBreakdown(json, "model_groups", modelsOf[day], static sum => sum.By.Group);
                WriteBreakdown(json, "providers", modelsOf[day], static sum => sum.By.Provider);
                WriteBreakdown(json, "api_keys", keysOf[day], static sum => sum.By.Name, names);
                WriteBreakdown(json, "entities", entitiesOf[day], static sum => sum.By.Name);
                json.WriteStartObject("mcp_servers"u8);
                json.WriteEndObject();
                json.WriteEndObject();
                json.WriteEndObject();
            }

            json.WriteEndArray();
            WriteTotals(json, models, page, (days.Count + size - 1) / size);
            json.WriteEndObject();
        });
    }

    private static (DailySums Sums, GatewayError? Error) Sums(AdminCall call, AccountKind kind, string? asked)
    {
        var ids = asked?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var team = kind is AccountKind.Team ? ids is [var only] ? only : null : null;
        var (scope, denied) = SpendScope.Of(call.Caller, kind is AccountKind.User ? asked : null, team, call.Query.Text("api_key"));
        var (from, to) = call.Days();
        var sums = new DailySums(kind, from, to) { Ids = ids, Model = call.Query.Text("model"), KeyHash = scope.KeyHash };
        if (denied is not null || kind is AccountKind.Tag or AccountKind.Customer) return (sums, denied);
        if (kind is AccountKind.Team)
        {
            // Others than administrators see one team, their own.
            var seesAll = call.Caller.Role is Model.Role.ProxyAdmin or Model.Role.ProxyAdminViewer;
            return (sums, seesAll || team is not null ? null : RequestErrors.Invalid("team_ids", "must name one team that you administer"));
        }

        return (scope.UserId is { } user ? sums with { Ids = [user] } : scope.KeyHash is { } key ? sums with { Kind = AccountKind.Key, Ids = [key], KeyHash = null } : sums with { Kind = AccountKind.Global }, null);
    }

    private static void WriteBreakdown<T>(Utf8JsonWriter json, string name, IEnumerable<SpendSum<T>> sums, Func<SpendSum<T>, string> by, Dictionary<string, NamedKey>? names = null)
    {
        json.WriteStartObject(name);
        foreach (var part in sums.GroupBy(by))
        {
            json.WriteStartObject(part.Key);
            json.WriteMetrics("metrics", part);
            json.WriteStartObject("metadata"u8);
            if (names?.GetValueOrDefault(part.Key) is { } key)
            {
                json.WriteString("key_alias"u8, key.Alias);
                json.WriteString("team_id"u8, key.TeamId);
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static void WriteTotals(Utf8JsonWriter json, IReadOnlyList<SpendSum<ActivityOf>> sums, int page, int pages)
    {
        json.WriteStartObject("metadata"u8);
        json.WriteDollars("total_spend", sums.Sum(static sum => sum.Spend));
        json.WriteNumber("total_prompt_tokens"u8, sums.Sum(static sum => sum.PromptTokens));
        json.WriteNumber("total_completion_tokens"u8, sums.Sum(static sum => sum.CompletionTokens));
        json.WriteNumber("total_tokens"u8, sums.Sum(static sum => sum.Tokens));
        json.WriteNumber("total_api_requests"u8, sums.Sum(static sum => sum.Requests));
        json.WriteNumber("total_successful_requests"u8, sums.Sum(static sum => sum.Successful));
        json.WriteNumber("total_failed_requests"u8, sums.Sum(static sum => sum.Requests - sum.Successful));
        json.WriteNumber("total_cache_read_input_tokens"u8, sums.Sum(static sum => sum.CacheReadTokens));
        json.WriteNumber("total_cache_creation_input_tokens"u8, sums.Sum(static sum => sum.CacheCreationTokens));
        json.WriteNumber("page"u8, page);
        json.WriteNumber("total_pages"u8, pages);
        json.WriteBoolean("has_more"u8, page < pages);
        json.WriteEndObject();
    }
}
