using System.Text.Json;

namespace ChatKit.Gateway.Wire.LiteLlm.Directory;

/// <summary>
/// A model that is kept in the database (https://docs.litellm.ai/docs/proxy/model_management), its credentials masked:
/// <code>{"model_id":"…","model_name":"smart","litellm_params":{"model":"openai/gpt-4o","api_key":"****cdef"},"model_info":{"id":"…","db_model":true},"created_by":"ada",…}</code>
/// </summary>
internal sealed record StoredModelWire(string ModelId, string ModelName)
{
    public JsonElement LitellmParams { get; init; }

    public JsonElement ModelInfo { get; init; }

    public DateTime CreatedAt { get; init; }

    public string? CreatedBy { get; init; }

    public DateTime UpdatedAt { get; init; }

    public string? UpdatedBy { get; init; }
}

/// <summary>An answer that only says that it was done.</summary>
internal sealed record MessageWire(string Message);
