using System.Text.Json;
using ChatKit.Gateway.Endpoints.Administration;
using ChatKit.Gateway.Errors;
using ChatKit.Gateway.Model.Accounts;
using ChatKit.Gateway.Spend.Reports;

namespace ChatKit.Gateway.Endpoints.Spend;

/// <summary>Keys and users by what they spent since there is a log of it: LiteLLM's <c>/spend/keys</c>, <c>/spend/users</c> and <c>/global/spend/keys</c>.</summary>
internal static class SpenderEndpoints
{
    public static void MapSpenders(this IEndpointRouteBuilder routes)
    {
        routes.MapAdminGet("/spend/keys", RouteAccess.View, call => KeysAsync(call, WriteKey));
        routes.MapAdminGet("/global/spend/keys", RouteAccess.View, call => KeysAsync(call, WriteShortKey));
        routes.MapAdminGet("/spend/users", RouteAccess.Own, UsersAsync);
    }

    private static async ValueTask<GatewayError?> KeysAsync(AdminCall call, Action<Utf8JsonWriter, AccountTotal, NamedKey?> write)
    {
        var limit = call.Query.WholeNumber("limit", 100, 1, 1_000);
        if (call.Query.Problem is { } refused) return refused;
        List<AccountTotal> keys = [];
        var names = new Dictionary<string, NamedKey>();
        var error = await call.Service<SpendReports>().ReadAsync(async spend =>
        {
            keys = await spend.TopAsync(AccountKind.Key, limit);
            names = await spend.KeyNamesAsync([.. keys.Select(static key => key.Id)]);
        }, call.Aborted);
        return error ?? await call.AnswerAsync(json =>
        {
            json.WriteStartArray();
            foreach (var key in keys) write(json, key, names.GetValueOrDefault(key.Id));
            json.WriteEndArray();
        });
    }

    private static void WriteKey(Utf8JsonWriter json, AccountTotal total, NamedKey? key)
    {
        json.WriteStartObject();
        json.WriteString("token"u8, total.Id);
        json.WriteString("key_name"u8, key?.Name);
        json.WriteString("key_alias"u8, key?.Alias);
        json.WriteDollars("spend", total.Spend);
        json.WriteString("user_id"u8, key?.UserId);
        json.WriteString("team_id"u8, key?.TeamId);
        json.WriteEndObject();
    }

    private static void WriteShortKey(Utf8JsonWriter json, AccountTotal total, NamedKey? key)
    {
        json.WriteStartObject();
        json.WriteString("api_key"u8, total.Id);
        json.WriteString("key_alias"u8, key?.Alias);
        json.WriteString("key_name"u8, key?.Name);
        json.WriteDollars("total_spend", total.Spend);
        json.WriteEndObject();
    }

    /// <summary>Everybody for those who see everything; oneself for all others.</summary>
    private static async ValueTask<GatewayError?> UsersAsync(AdminCall call)
    {
        var (scope, denied) = SpendScope.Of(call.Caller, user: call.Query.Text("user_id"));
        var limit = call.Query.WholeNumber("limit", 100, 1, 1_000);
        if ((denied ?? call.Query.Problem) is { } refused) return refused;
        if (scope is { UserId: null, IsEverybody: false }) return RequestErrors.Invalid("user_id", "this key belongs to no user");
        List<AccountTotal> users = [];
        var error = await call.Service<SpendReports>().ReadAsync(async spend => users = scope.UserId is { } user
            ? [new AccountTotal(user, await spend.OfAllTimesAsync(AccountKind.User, user))]
            : await spend.TopAsync(AccountKind.User, limit), call.Aborted);
        return error ?? await call.AnswerAsync(json =>
        {
            json.WriteStartArray();
            foreach (var user in users)
            {
                json.WriteStartObject();
                json.WriteString("user_id"u8, user.Id);
                json.WriteDollars("spend", user.Spend);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        });
    }
}
