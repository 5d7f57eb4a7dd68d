using System.Globalization;
using System.Text.Json;
using ChatKit.Gateway.Endpoints.Administration;
using ChatKit.Gateway.Errors;
using ChatKit.Gateway.Keys;
using ChatKit.Gateway.Model;
using ChatKit.Gateway.Pipeline;
using ChatKit.Gateway.Responses;
using ChatKit.Gateway.Wire.Json;

namespace ChatKit.Gateway.Endpoints;

/// <summary><c>/v1/responses</c>: to make one, and for what is kept of them (https://platform.openai.com/docs/api-reference/responses).</summary>
internal static class ResponsesEndpoints
{
    private const string Id = "id";

    public static void MapResponses(this IEndpointRouteBuilder routes)
    {
        routes.MapOperation(Operation.Responses);
        foreach (var prefix in (string[])["", "/v1"])
        {
            routes.MapKept($"{prefix}/responses/{{{Id}}}", HttpMethods.Get, GetAsync);
            routes.MapKept($"{prefix}/responses/{{{Id}}}", HttpMethods.Delete, DeleteAsync);
            routes.MapKept($"{prefix}/responses/{{{Id}}}/cancel", HttpMethods.Post, CancelAsync);
            routes.MapKept($"{prefix}/responses/{{{Id}}}/input_items", HttpMethods.Get, ListAsync);
        }
    }

    private static void MapKept(this IEndpointRouteBuilder routes, string pattern, string method, Func<Asked, ValueTask<GatewayError?>> serve)
    {
        var snapshots = routes.ServiceProvider.GetRequiredService<SnapshotHolder>();
        var store = routes.ServiceProvider.GetRequiredService<ResponseStore>();
        var keys = routes.ServiceProvider.GetRequiredService<KeyGate>();
        routes.MapMethods(pattern, [method], async http =>
        {
            var (caller, denied) = await keys.AdmitAsync(http, snapshots.Current.Settings);
            var error = denied ?? await serve(new Asked(http, store, http.Request.RouteValues[Id] as string ?? "", caller!.Name));
            if (error is not null) await ErrorResponse.WriteAsync(http, error);
        }).WithMetadata(RouteAccess.Key);
    }

    private static async ValueTask<GatewayError?> GetAsync(Asked asked)
    {
        if (asked.Http.Request.Query["stream"] == "true") return new GatewayError(400, "invalid_request_error", "Only background responses can be streamed again.", "stream");
        var (row, error) = await asked.Store.FindAsync(asked.Id, asked.Owner, asked.Http.RequestAborted);
        if (row is null) return error;
        asked.Http.Response.ContentType = "application/json";
        await asked.Http.Response.WriteAsync(row.Body);
        return null;
    }

    private static async ValueTask<GatewayError?> DeleteAsync(Asked asked)
    {
        if (await asked.Store.DeleteAsync(asked.Id, asked.Owner, asked.Http.RequestAborted) is { } error) return error;
        await WriteAsync(asked.Http, writer =>
        {
            writer.WriteString("id"u8, asked.Id);
            writer.WriteString("object"u8, "response"u8);
            writer.WriteBoolean("deleted"u8, true);
        });
        return null;
    }

    private static async ValueTask<GatewayError?> CancelAsync(Asked asked)
    {
        var (_, error) = await asked.Store.FindAsync(asked.Id, asked.Owner, asked.Http.RequestAborted);
        return error ?? ResponseErrors.NotCancellable;
    }

    /// <summary>A page of the items: <c>?limit=20&amp;order=desc&amp;after=</c> the last id of the page before.</summary>
    private static async ValueTask<GatewayError?> ListAsync(Asked asked)
    {
        var query = asked.Http.Request.Query;
        var limit = 20;
        if (query.TryGetValue("limit", out var wished) && !(int.TryParse(wished, NumberStyles.None, CultureInfo.InvariantCulture, out limit) && limit is >= 1 and <= 100))
            return new GatewayError(400, "invalid_request_error", "Invalid 'limit': must be a whole number from 1 to 100.", "limit");
        if ((string?)query["order"] is not (null or "asc" or "desc")) return new GatewayError(400, "invalid_request_error", "Invalid 'order': must be 'asc' or 'desc'.", "order");
        var (row, missing) = await asked.Store.FindAsync(asked.Id, asked.Owner, asked.Http.RequestAborted);
        if (row is null) return missing;
        var (conversation, lost) = await asked.Store.ConversationAsync(row, asked.Http.RequestAborted);
        if (lost is not null) return lost;

        var items = InputItems.Of(conversation, withAnswer: false);
        var ordered = query["order"] == "asc" ? items : items.Reverse();
        if ((string?)query["after"] is { Length: > 0 } after) ordered = ordered.SkipWhile(item => IdOf(item) != after).Skip(1);
        var page = ordered.Take(limit + 1).ToList();
        await WriteAsync(asked.Http, writer => WritePage(writer, page, limit));
        return null;
    }

    private static void WritePage(Utf8JsonWriter writer, List<JsonElement> page, int limit)
    {
        var shown = page.Take(limit).ToList();
        writer.WriteString("object"u8, "list"u8);
        writer.WriteStartArray("data"u8);
        foreach (var item in shown) item.WriteTo(writer);
        writer.WriteEndArray();
        writer.WriteString("first_id"u8, shown.Count > 0 ? IdOf(shown[0]) : null);
        writer.WriteString("last_id"u8, shown.Count > 0 ? IdOf(shown[^1]) : null);
        writer.WriteBoolean("has_more"u8, page.Count > limit);
    }

    private static string? IdOf(JsonElement item) => item.TryGetProperty("id", out var id) && id.ValueKind is JsonValueKind.String ? id.GetString() : null;

    private static async Task WriteAsync(HttpContext http, Action<Utf8JsonWriter> write)
    {
        http.Response.ContentType = "application/json";
        await using (var writer = new Utf8JsonWriter(http.Response.BodyWriter, JsonText.Plain))
        {
            writer.WriteStartObject();
            write(writer);
            writer.WriteEndObject();
        }

        await http.Response.BodyWriter.FlushAsync();
    }

    /// <summary>A call about one kept response.</summary>
    private sealed record Asked(HttpContext Http, ResponseStore Store, string Id, string Owner);
}
