using ChatKit.Gateway.Errors;

namespace ChatKit.Gateway.Responses;

/// <summary>Why a kept response cannot be had.</summary>
internal static class ResponseErrors
{
    /// <summary>Retrieval where nothing is ever kept.</summary>
    public static GatewayError NoDatabase { get; } = new(
        400, "invalid_request_error", "This gateway keeps no responses: it has no database. Set DATABASE_URL, or send the whole conversation as 'input'.")
    {
        Code = "responses_not_stored",
    };

    /// <summary>The database is configured, and down or not migrated.</summary>
    public static GatewayError Unreachable { get; } = new(503, "no_db_connection", "The database that keeps responses cannot be reached.") { Origin = ErrorOrigin.Gateway };

    /// <summary>Also for one that belongs to another key.</summary>
    public static GatewayError NotFound(string id) => new(404, "invalid_request_error", $"Response with id '{Shorten(id)}' not found.");

    public static GatewayError PreviousNotFound(string id) =>
        new(400, "invalid_request_error", $"Previous response with id '{Shorten(id)}' not found.", "previous_response_id") { Code = "previous_response_not_found" };

    /// <summary>https://platform.openai.com/docs/guides/background: nothing here runs on after its client left.</summary>
    public static GatewayError Background { get; } =
        new(400, "invalid_request_error", "'background' is not offered: a response is answered while its client waits. Leave it out.", "background") { Code = "unsupported_parameter" };

    public static GatewayError NotCancellable { get; } = new(400, "invalid_request_error", "Cannot cancel a synchronous response.");

    private static string Shorten(string id) => id.Length <= 100 ? id : string.Concat(id.AsSpan(0, 100), "…");
}
