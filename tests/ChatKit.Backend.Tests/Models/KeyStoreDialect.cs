using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using ChatKit.Backend.Tests.Hosting;
using ChatKit.Testing.Upstream;

namespace ChatKit.Backend.Tests.Models;

/// <summary>A gateway that keeps keys: made, changed and asked for with the master key, and taken for calls like its own.</summary>
internal sealed class KeyStoreDialect : UpstreamDialect
{
    public const string MasterKey = "sk-master-of-these-tests";

    private readonly GatewayDialect _chat = new("demo");

    public ConcurrentDictionary<string, JsonObject> Keys { get; } = new();

    /// <summary>What every key route answers instead; null where they work.</summary>
    public int? Broken { get; set; }

    public override string BasePath => _chat.BasePath;

    public override string ApiKey => _chat.ApiKey;

    public override Reply DefaultReply => _chat.DefaultReply;

    public override Reply? Refuse(ReceivedRequest request)
    {
        if (request.Path.StartsWith("/key/", StringComparison.Ordinal))
            return AnswerKeys(request);
        var given = request.Headers.GetValueOrDefault("Authorization")?["Bearer ".Length..] ?? "";
        return _chat.Refuse(Keys.ContainsKey(given) ? WithSharedKey(request) : request);
    }

    private Reply AnswerKeys(ReceivedRequest request)
    {
        if (Broken is { } status)
            return OpenAiReplies.Error(status, "No connected db.", "no_db_connection");
        if (request.Headers.GetValueOrDefault("Authorization") != $"Bearer {MasterKey}")
            return OpenAiReplies.Error(401, "Authentication Error", "auth_error");
        if (request.Path == "/key/info")
        {
            var asked = request.Query["?key=".Length..];
            return Keys.TryGetValue(asked, out var known)
                ? Replies.Json($$"""{"key":"{{asked}}","info":{{known.ToJsonString()}}}""")
                : OpenAiReplies.Error(404, "Key not found in database", "not_found_error");
        }

        var body = JsonNode.Parse(request.Body)!.AsObject();
        var key = body["key"]!.GetValue<string>();
        switch (request.Path)
        {
            case "/key/generate" when Keys.TryAdd(key, body):
                return Replies.Json(body.ToJsonString());
            case "/key/update" when Keys.TryGetValue(key, out var known):
                foreach (var (name, value) in body)
                    known[name] = value?.DeepClone();
                return Replies.Json(known.ToJsonString());
            default:
                return OpenAiReplies.Error(400, "Key with alias already exists, or is not there.", "bad_request_error");
        }
    }

    private static ReceivedRequest WithSharedKey(ReceivedRequest request) => new()
    {
        Method = request.Method,
        Path = request.Path,
        RawTarget = request.RawTarget,
        Query = request.Query,
        Headers = new Dictionary<string, string>(request.Headers, StringComparer.OrdinalIgnoreCase) { ["Authorization"] = $"Bearer {GatewayDialect.Key}" },
        Body = request.Body,
        BodyLength = request.BodyLength,
    };
}
