using System.Buffers;
using System.Text.Json;
using ChatKit.Gateway.Model.Guardrails;
using ChatKit.Gateway.Wire.Json;

namespace ChatKit.Gateway.Guardrails.Judges;

/// <summary>
/// A service of the operator's that speaks LiteLLM's protocol (https://docs.litellm.ai/docs/adding_provider/generic_guardrail_api):
/// <code>{"texts":["…"],"input_type":"request","litellm_call_id":"…","request_data":{"user_api_key_hash":"…"},"additional_provider_specific_params":{}}</code>
/// answered by <c>{"action":"NONE"}</c>, <c>{"action":"BLOCKED","blocked_reason":"…"}</c> or <c>{"action":"GUARDRAIL_INTERVENED","texts":["…"]}</c>.
/// </summary>
internal sealed class WebhookJudge(JudgeSettings settings, JudgeClient client) : IJudge
{
    public ValueTask<Verdict> JudgeAsync(JudgedTexts texts, CancellationToken cancellationToken)
    {
        var question = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(question, JsonText.Plain))
        {
            json.WriteStartObject();
            json.WriteStartArray("texts"u8);
            foreach (var text in texts.Texts) json.WriteStringValue(text);
            json.WriteEndArray();
            json.WriteString("input_type"u8, texts.IsRequest ? "request"u8 : "response"u8);
            json.WriteString("litellm_call_id"u8, texts.CallId);
            json.WriteStartObject("request_data"u8);
            foreach (var (name, value) in texts.Caller) json.WriteString(name, value);
            json.WriteEndObject();
            json.WritePropertyName("additional_provider_specific_params"u8);
            if (settings.Parameters.IsEmpty) json.WriteRawValue("{}"u8);
            else json.WriteRawValue(settings.Parameters.Span);
            json.WriteEndObject();
        }

        return client.AskAsync(settings, question.WrittenSpan.ToArray(), answer => Read(answer, texts.Texts.Count), cancellationToken);
    }

    private static Verdict Read(JsonElement answer, int count)
    {
        switch (answer.GetProperty("action").GetString())
        {
            case "NONE":
                return Verdict.Passed;
            case "BLOCKED":
                return Verdict.Blocked(answer.TryGetProperty("blocked_reason", out var reason) && reason.GetString() is { Length: > 0 } said ? said : "Content violates policy");
            case "GUARDRAIL_INTERVENED":
                List<string> texts = answer.TryGetProperty("texts", out var given) && given.ValueKind is JsonValueKind.Array ? [.. given.EnumerateArray().Select(static text => text.GetString() ?? "")] : [];
                // Fewer or more than were asked about: nobody knows which stands for which.
                return texts.Count == count ? new Verdict(null, texts, null) : Verdict.Failed("it answered with another number of texts");
            default:
                return Verdict.Failed("its answer has no action that is known");
        }
    }
}
