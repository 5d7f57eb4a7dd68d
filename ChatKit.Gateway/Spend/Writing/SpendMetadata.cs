using System.Buffers;
using System.Text;
using System.Text.Json;
using ChatKit.Gateway.Wire.Json;

namespace ChatKit.Gateway.Spend.Writing;

/// <summary>
/// The <c>metadata</c> of a row, in LiteLLM's names where it has them (litellm/proxy/_types.py, <c>SpendLogsMetadata</c>): what is told about a settlement and nobody
/// searches by.
/// </summary>
internal static class SpendMetadata
{
    public static string? Of(SpendRecord record)
    {
        var output = new ArrayBufferWriter<byte>(256);
        using (var json = new Utf8JsonWriter(output, JsonText.Plain))
        {
            json.WriteStartObject();
            Write(json, "user_api_key_alias"u8, record.KeyAlias);
            Write(json, "user_api_key_team_alias"u8, record.TeamAlias);
            Write(json, "user_api_key_org_id"u8, record.OrganizationId);
            Write(json, "trace_id"u8, record.TraceId);
            Write(json, "attempt_kind"u8, record.AttemptKind);
            if (record.Attempt > 1) json.WriteNumber("attempt"u8, record.Attempt);
            if (record.ReasoningTokens > 0) json.WriteNumber("reasoning_tokens"u8, record.ReasoningTokens);
            if (record.IsEstimated) json.WriteBoolean("usage_is_estimated"u8, true);
            if (record.ClientMetadata is { } given)
            {
                json.WritePropertyName("spend_logs_metadata"u8);
                json.WriteRawValue(given, skipInputValidation: true);
            }

            if (record.Failure is { } failure) WriteFailure(json, failure);
            json.WriteEndObject();
        }

        return output.WrittenCount == 2 ? null : Encoding.UTF8.GetString(output.WrittenSpan);
    }

    private static void WriteFailure(Utf8JsonWriter json, SpendFailure failure)
    {
        json.WriteStartObject("error_information"u8);
        json.WriteString("error_code"u8, failure.Status.ToString(System.Globalization.CultureInfo.InvariantCulture));
        json.WriteString("error_class"u8, failure.Type);
        json.WriteString("error_message"u8, failure.Message);
        if (failure.ClientLeft) json.WriteBoolean("client_left"u8, true);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, ReadOnlySpan<byte> name, string? value)
    {
        if (value is not null) json.WriteString(name, value);
    }
}
