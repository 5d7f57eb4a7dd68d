using System.Collections.Frozen;

namespace ChatKit.Gateway.Model;

/// <summary>
/// The groups of routes that LiteLLM has names for (litellm/proxy/_types.py, <c>LiteLLMRoutes</c>), with the routes that this gateway has. Administrative routes go by
/// what they are about, so that one that is added belongs to its group from the start.
/// </summary>
internal static class RouteGroups
{
    /// <summary>Before the name of a group in the file: <c>LiteLLMRoutes.public_routes</c>.</summary>
    private const string Prefix = "LiteLLMRoutes.";

    private static readonly string[] OpenAi =
    [
        .. Everywhere("chat/completions", "completions", "embeddings", "moderations", "images/generations", "images/edits", "images/variations",
            "audio/transcriptions", "audio/translations", "audio/speech", "rerank", "responses"),
        "/v2/rerank", "/utils/token_counter",
        "/responses/*", "/v1/responses/*", "/models", "/v1/models", "/models/*", "/v1/models/*",
        "/files", "/v1/files", "/files/*", "/v1/files/*", "/batches", "/v1/batches", "/batches/*", "/v1/batches/*", "/realtime", "/v1/realtime",
    ];

    private static readonly string[] Anthropic = ["/v1/messages", "/v1/messages/count_tokens"];

    private static readonly string[] Google =
        ["/v1beta/models/*:generatecontent", "/v1beta/models/*:streamgeneratecontent", "/v1beta/models/*:counttokens",
         "/v1/models/*:generatecontent", "/v1/models/*:streamgeneratecontent", "/v1/models/*:counttokens"];

    private static readonly string[] PassThrough =
        [.. new[] { "openai", "anthropic", "gemini", "mistral", "cohere", "azure", "bedrock", "vertex_ai", "vertex-ai", "vllm" }.Select(static api => $"/{api}/*")];

    private static readonly string[] Info =
        ["/key/info", "/key/list", "/key/health", "/team/info", "/team/list", "/user/info", "/user/list", "/model/info", "/v1/model/info", "/model_group/info",
         "/models", "/v1/models", "/health", "/customer/info", "/customer/list", "/end_user/info", "/end_user/list", "/budget/info", "/budget/list", "/budget/settings", "/tag/info", "/tag/list"];

    private static readonly string[] Keys = ["/key/*"];

    private static readonly string[] Spend = ["/spend/*", "/cost/estimate"];

    private static readonly string[] GlobalSpend = ["/global/*"];

    private static readonly string[] Management =
        ["/user/*", "/team/*", "/customer/*", "/end_user/*", "/budget/*", "/tag/*", "/model/new", "/model/update", "/model/delete", "/model/*/update", "/model/info", "/audit", "/audit/*", .. Keys];

    private static readonly FrozenDictionary<string, string[]> Groups = new Dictionary<string, string[]>
    {
        ["openai_routes"] = OpenAi,
        ["anthropic_routes"] = Anthropic,
        ["google_routes"] = Google,
        ["mapped_pass_through_routes"] = PassThrough,
        ["llm_api_routes"] = [.. OpenAi, .. Anthropic, .. Google, .. PassThrough],
        ["info_routes"] = Info,
        ["key_management_routes"] = Keys,
        ["management_routes"] = Management,
        ["spend_tracking_routes"] = Spend,
        ["global_spend_tracking_routes"] = GlobalSpend,
        ["public_routes"] = ["/", "/routes", "/health/liveliness", "/health/liveness", "/health/readiness", "/metrics"],
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public static IEnumerable<string> Names => Groups.Keys.Order(StringComparer.Ordinal);

    /// <summary>The paths behind a name; what is no group is a path.</summary>
    public static IReadOnlyList<string> PathsOf(string entry) =>
        Groups.TryGetValue(entry.StartsWith(Prefix, StringComparison.Ordinal) ? entry[Prefix.Length..] : entry, out var paths) ? paths : [entry];

    private static IEnumerable<string> Everywhere(params IEnumerable<string> operations) =>
        from operation in operations
        from version in (string[])["", "/v1"]
        from owner in (string[])["", "/engines/*", "/openai/deployments/*"]
        select $"{version}{owner}/{operation}";
}
