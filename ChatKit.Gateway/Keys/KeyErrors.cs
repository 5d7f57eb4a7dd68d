using System.Globalization;
using ChatKit.Gateway.Errors;
using ChatKit.Gateway.Model;

namespace ChatKit.Gateway.Keys;

/// <summary>The refusals of a key, in LiteLLM's words, which programs recognise. Of a key they show its end, of a short one nothing.</summary>
internal static class KeyErrors
{
    private const int LongestName = 200;

    public static GatewayError Missing { get; } = new(401, "auth_error", "Authentication Error, No api key passed in.");

    public static GatewayError NotAVirtualKey(string given) =>
        new(401, "auth_error", $"Authentication Error, LiteLLM Virtual Key expected. Received={new Secret(given)}, expected to start with 'sk-'.");

    public static GatewayError Unknown(string given) =>
        new(401, "token_not_found_in_db", $"Authentication Error, Invalid proxy server token passed. Received API Key = {new Secret(given)}.", "key");

    public static GatewayError Unchecked { get; } =
        new(503, "no_db_connection", "No connected db: the key cannot be checked, because the database that holds the keys cannot be reached.") { RetryAfter = TimeSpan.FromSeconds(1) };

    public static GatewayError NotLocal { get; } =
        new(403, "auth_error", "No master key is configured, so only this machine is served. Set LITELLM_MASTER_KEY to serve others.");

    public static GatewayError KeyBlocked { get; } = new(401, "auth_error", "Authentication Error, Key is blocked. Update via `/key/unblock` if you're an admin.", "key");

    public static GatewayError UserBlocked(string id) => new(401, "auth_error", $"Authentication Error, User={id} is blocked. Update via `/user/update` if you're an admin.", "user_id");

    public static GatewayError TeamBlocked(string id) => new(401, "auth_error", $"Authentication Error, Team={id} is blocked. Update via `/team/unblock` if you're an admin.", "team_id");

    public static GatewayError CustomerBlocked(string id) =>
        new(401, "auth_error", $"Authentication Error, Customer={Shorten(id)} is blocked. Update via `/customer/unblock` if you're an admin.", "user");

    public static GatewayError Expired(DateTimeOffset at, DateTimeOffset now) =>
        new(401, "expired_key", $"Authentication Error - Expired Key. Key Expiry time {Iso(at)} and current time {Iso(now)}", "key");

    /// <param name="whose"><c>key</c>, <c>team</c> or <c>user</c>: whose list the model is not on.</param>
    /// <param name="list">What is on it.</param>
    /// <param name="model">What was asked for.</param>
    public static GatewayError ModelDenied(string whose, ModelList list, string model) =>
        new(403, $"{whose}_model_access_denied", $"{whose} not allowed to access model. This {whose} can only access models={list}. Tried to access {Shorten(model)}", "model");

    public static GatewayError PassThroughDenied { get; } = new(
        403,
        "key_model_access_denied",
        "key not allowed to pass through: it may only call certain models, and which one a request to a provider's own API calls is not read. Give the key the models 'provider/*', or name the path in its allowed_routes.",
        "model");

    public static GatewayError RouteDenied(RouteList allowed, string path) =>
        new(403, "auth_error", $"Virtual key is not allowed to call this route. Only allowed to call routes: {allowed}. Tried to call route: {Shorten(path)}");

    public static GatewayError RouteClosed(string path) => new(403, "auth_error", $"Route {Shorten(path)} not allowed");

    public static GatewayError RouteForAdmins(string path) => new(403, "auth_error", $"user not allowed to access this route. Route={Shorten(path)} is an admin only route");

    public static GatewayError AddressDenied { get; } = new(403, "auth_error", "Access forbidden: IP address not allowed.");

    public static GatewayError NoUser { get; } = new(400, "invalid_request_error", "BadRequest please pass param=user on request body. This is a required param", "user");

    private static string Shorten(string text) => text.Length <= LongestName ? text : string.Concat(text.AsSpan(0, LongestName), "…");

    private static string Iso(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
}
