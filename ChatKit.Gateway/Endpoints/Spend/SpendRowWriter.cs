using System.Globalization;
using System.Text.Json;
using ChatKit.Gateway.Spend.Reports;

namespace ChatKit.Gateway.Endpoints.Spend;

/// <summary>A settlement in LiteLLM's shape (https://docs.litellm.ai/docs/proxy/cost_tracking, <c>LiteLLM_SpendLogs</c>).</summary>
internal static class SpendRowWriter
{
    public static void Write(Utf8JsonWriter json, SpendLine row)
    {
        json.WriteStartObject();
        json.WriteString("request_id"u8, row.RequestId);
        json.WriteString("call_type"u8, row.CallType);
        json.WriteString("api_key"u8, row.KeyHash);
        if (row.Spend is { } spend) json.WriteDollars("spend", spend);
        else json.WriteNull("spend"u8);
        json.WriteNumber("total_tokens"u8, row.TotalTokens);
        json.WriteNumber("prompt_tokens"u8, row.PromptTokens);
        json.WriteNumber("completion_tokens"u8, row.CompletionTokens);
        json.WriteNumber("cache_read_input_tokens"u8, row.CacheReadTokens);
        json.WriteNumber("cache_creation_input_tokens"u8, row.CacheCreationTokens);
        json.WriteString("startTime"u8, Time(row.StartTime));
        json.WriteString("endTime"u8, Time(row.EndTime));
        json.WriteString("completionStartTime"u8, row.CompletionStartTime is { } first ? Time(first) : null);
        json.WriteString("model"u8, row.Model);
        json.WriteString("model_id"u8, row.ModelId);
        json.WriteString("model_group"u8, row.ModelGroup);
        json.WriteString("custom_llm_provider"u8, row.Provider);
        json.WriteString("api_base"u8, row.ApiBase);
        json.WriteString("user"u8, row.UserId ?? "");
        json.WriteString("team_id"u8, row.TeamId);
        json.WriteString("end_user"u8, row.EndUser);
        json.WritePropertyName("metadata"u8);
        json.WriteRawValue(row.Metadata ?? "{}", skipInputValidation: true);
        json.WriteString("cache_hit"u8, row.CacheHit ? "True" : "False");
        json.WriteStartArray("request_tags"u8);
        foreach (var tag in row.Tags) json.WriteStringValue(tag);
        json.WriteEndArray();
        json.WriteString("requester_ip_address"u8, row.IpAddress);
        json.WriteString("session_id"u8, row.SessionId);
        json.WriteString("status"u8, row.Status);
        json.WriteBoolean("usage_is_estimated"u8, row.IsEstimated);
        json.WriteString("messages"u8, row.Messages);
        json.WriteString("response"u8, row.Response);
        json.WriteEndObject();
    }

    public static string Time(DateTime time) => time.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);
}
