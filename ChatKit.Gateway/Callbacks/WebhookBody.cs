using System.Buffers;
using System.Globalization;
using System.Text.Json;
using ChatKit.Gateway.Errors;
using ChatKit.Gateway.Model;
using ChatKit.Gateway.Model.Callbacks;

namespace ChatKit.Gateway.Callbacks;

/// <summary>
/// Writes facts as LiteLLM's standard logging payload (https://docs.litellm.ai/docs/proxy/logging_spec). What people and models said is not in it: it leaves the
/// gateway only to whom a call goes.
/// </summary>
internal static class WebhookBody
{
    private const decimal Dollar = 1_000_000_000;

    public static byte[] Write(IReadOnlyList<Settlement> batch, BatchFormat format)
    {
        var buffer = new ArrayBufferWriter<byte>(1024 * batch.Count);
        if (format is BatchFormat.JsonArray)
        {
            using var writer = new Utf8JsonWriter(buffer);
            writer.WriteStartArray();
            foreach (var one in batch) Write(writer, one);
            writer.WriteEndArray();
            writer.Flush();
            return buffer.WrittenSpan.ToArray();
        }

        foreach (var one in batch)
        {
            using (var writer = new Utf8JsonWriter(buffer)) Write(writer, one);
            if (format is BatchFormat.Lines) buffer.Write("\n"u8);
        }

        return buffer.WrittenSpan.ToArray();
    }

    private static void Write(Utf8JsonWriter writer, Settlement settled)
    {
        var attempt = settled.Attempt;
        var end = attempt.StartedAt + attempt.Duration;
        writer.WriteStartObject();
        writer.WriteString("id"u8, attempt.Number == 1 ? settled.CallId : string.Create(CultureInfo.InvariantCulture, $"{settled.CallId}-{attempt.Number}"));
        writer.WriteString("trace_id"u8, settled.SessionId ?? settled.CallId);
        writer.WriteString("litellm_call_id"u8, settled.CallId);
        writer.WriteString("call_type"u8, settled.Operation.Name);
        writer.WriteBoolean("stream"u8, attempt.TimeToFirstToken is not null);
        if (settled.Cost is { } cost) writer.WriteNumber("response_cost"u8, cost / Dollar);
        else writer.WriteNull("response_cost"u8);
        writer.WriteString("status"u8, attempt.Error is null ? "success"u8 : "failure"u8);
        writer.WriteNumber("prompt_tokens"u8, attempt.Usage?.Input ?? 0);
        writer.WriteNumber("completion_tokens"u8, attempt.Usage?.Output ?? 0);
        writer.WriteNumber("total_tokens"u8, (attempt.Usage?.Input + attempt.Usage?.Output) ?? 0);
        writer.WriteNumber("startTime"u8, Seconds(attempt.StartedAt));
        writer.WriteNumber("endTime"u8, Seconds(end));
        writer.WriteNumber("completionStartTime"u8, Seconds(attempt.TimeToFirstToken is { } first ? attempt.StartedAt + first : end));
        writer.WriteNumber("response_time"u8, attempt.Duration.TotalSeconds);
        writer.WriteString("model"u8, settled.UpstreamModel);
        writer.WriteString("model_id"u8, attempt.Deployment.Id);
        writer.WriteString("model_group"u8, settled.Group);
        writer.WriteString("custom_llm_provider"u8, attempt.Deployment.Provider);
        writer.WriteString("api_base"u8, attempt.Deployment.ShownBase ?? "");
        writer.WriteString("end_user"u8, settled.EndUser ?? "");
        writer.WriteString("requester_ip_address"u8, settled.IpAddress?.ToString());
        writer.WriteStartArray("request_tags"u8);
        foreach (var tag in settled.Tags) writer.WriteStringValue(tag);
        writer.WriteEndArray();
        WriteCaller(writer, settled.Caller);
        if (attempt.Error is { } error) WriteError(writer, error, attempt.Deployment.Provider);
        writer.WriteEndObject();
    }

    private static void WriteCaller(Utf8JsonWriter writer, Caller? caller)
    {
        writer.WriteStartObject("metadata"u8);
        writer.WriteString("user_api_key_hash"u8, caller?.KeyHash);
        writer.WriteString("user_api_key_alias"u8, caller?.KeyAlias);
        writer.WriteString("user_api_key_user_id"u8, caller?.UserId);
        writer.WriteString("user_api_key_user_email"u8, caller?.UserEmail);
        writer.WriteString("user_api_key_team_id"u8, caller?.TeamId);
        writer.WriteString("user_api_key_team_alias"u8, caller?.TeamAlias);
        writer.WriteString("user_api_key_org_id"u8, caller?.OrganizationId);
        writer.WriteEndObject();
    }

    private static void WriteError(Utf8JsonWriter writer, GatewayError error, string provider)
    {
        writer.WriteString("error_str"u8, error.Message);
        writer.WriteStartObject("error_information"u8);
        writer.WriteString("error_code"u8, error.Status.ToString(CultureInfo.InvariantCulture));
        writer.WriteString("error_class"u8, ErrorClass.Of(error));
        writer.WriteString("llm_provider"u8, provider);
        writer.WriteString("error_message"u8, error.Message);
        writer.WriteEndObject();
    }

    private static double Seconds(DateTimeOffset at) => at.ToUnixTimeMilliseconds() / 1000.0;
}
