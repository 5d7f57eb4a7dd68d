using ChatKit.Gateway.Endpoints.Administration;
using ChatKit.Gateway.Errors;
using ChatKit.Gateway.Model.Accounts;
using ChatKit.Gateway.Spend.Reports;

namespace ChatKit.Gateway.Endpoints.Spend;

/// <summary>
/// <c>/spend/logs</c> by day, which LiteLLM does where both dates are given: the day's spend, by key (members named by its hash), by user and by model.
/// </summary>
internal static class DailySummary
{
    public static async ValueTask<GatewayError?> WriteAsync(AdminCall call, SpendLogFilter filter)
    {
        var (from, to) = (DateOnly.FromDateTime(filter.From!.Value), DateOnly.FromDateTime(filter.Until!.Value.AddTicks(-1)));
        var (kind, ids) = KindOf(filter.Scope);
        var sums = new DailySums(kind, from, to) { Ids = ids, Model = filter.Model, KeyHash = kind is AccountKind.Key ? null : filter.Scope.KeyHash };
        List<SpendSum<DayAndName>> models = [], keys = [], users = [];
        var error = await call.Service<SpendReports>().ReadAsync(async spend =>
        {
            models = await spend.DailyModelsAsync(sums);
            keys = await spend.DailyKeysAsync(kind is AccountKind.Global ? sums with { Kind = AccountKind.Key } : sums);
            if (kind is AccountKind.User or AccountKind.Global) users = await spend.DailyIdsAsync(sums with { Kind = AccountKind.User });
        }, call.Aborted);
        if (error is not null) return error;

        var modelsOf = models.ToLookup(static sum => sum.By.Day);
        var (keysOf, usersOf) = (keys.ToLookup(static sum => sum.By.Day), users.ToLookup(static sum => sum.By.Day));
        return await call.AnswerAsync(json =>
        {
            json.WriteStartArray();
            for (var day = from; day <= to; day = day.AddDays(1))
            {
                json.WriteStartObject();
                json.WriteString("startTime"u8, day.Text());
                json.WriteDollars("spend", modelsOf[day].Sum(static sum => sum.Spend));
                foreach (var key in keysOf[day]) json.WriteDollars(key.By.Name, key.Spend);
                json.WriteStartObject("users"u8);
                foreach (var user in usersOf[day]) json.WriteDollars(user.By.Name, user.Spend);
                json.WriteEndObject();
                json.WriteStartObject("models"u8);
                foreach (var model in modelsOf[day]) json.WriteDollars(model.By.Name, model.Spend);
                json.WriteEndObject();
                json.WriteEndObject();
            }

            json.WriteEndArray();
        });
    }

    /// <summary>The sums that are the scope's.</summary>
    public static (AccountKind Kind, IReadOnlyList<string>? Ids) KindOf(SpendScope scope) =>
        scope.TeamId is { } team ? (AccountKind.Team, [team])
        : scope.UserId is { } user ? (AccountKind.User, [user])
        : scope.KeyHash is { } key ? (AccountKind.Key, [key])
        : (AccountKind.Global, null);
}
