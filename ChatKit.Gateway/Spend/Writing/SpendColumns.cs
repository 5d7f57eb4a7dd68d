using System.Text.Json.Serialization;

namespace ChatKit.Gateway.Spend.Writing;

/// <summary>The columns of <c>spend_logs</c>, and a settlement as a row of them.</summary>
internal static class SpendColumns
{
    public static IReadOnlyList<string> Names { get; } =
        ["request_id", "call_type", "key_hash", "spend", "prompt_tokens", "completion_tokens", "total_tokens", "cache_read_tokens", "cache_creation_tokens", "is_estimated",
         "start_time", "end_time", "completion_start_time", "model", "model_id", "model_group", "provider", "api_base", "user_id", "team_id", "end_user", "metadata", "tags",
         "cache_hit", "ip_address", "session_id", "messages", "response", "status"];

    public static object?[] Of(SpendRecord record) =>
        [record.RequestId, record.CallType, record.KeyHash, record.Cost, record.PromptTokens, record.CompletionTokens, record.PromptTokens + record.CompletionTokens,
         record.CacheReadTokens, record.CacheCreationTokens, record.IsEstimated, record.StartedAt, record.EndedAt, record.FirstContentAt, record.Model, record.ModelId,
         record.ModelGroup, record.Provider, record.ApiBase, record.UserId, record.TeamId, record.EndUser, SpendMetadata.Of(record), record.Tags, record.CacheHit,
         record.IpAddress, record.SessionId, record.Messages, record.Response, record.Failure is null ? "success" : "failure"];
}

[JsonSerializable(typeof(IReadOnlyList<string>))]
internal sealed partial class TextListJson : JsonSerializerContext;
