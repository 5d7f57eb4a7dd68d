using System.Text.Json;
using System.Text.Json.Serialization;
using ChatKit.Gateway.Wire.LiteLlm.Directory;

namespace ChatKit.Gateway.Wire.LiteLlm.Keys;

/// <summary>
/// A key as LiteLLM tells of it (https://docs.litellm.ai/docs/proxy/virtual_keys):
/// <code>{"key":"sk-…","key_name":"sk-...abcd","token":"hash","token_id":"hash","key_alias":"alice","user_id":"alice","models":["fast"],"max_budget":5,"spend":0,"expires":"2026-12-23T…Z"}</code>
/// The key itself stands in the answer that makes it, and never again.
/// </summary>
internal sealed record KeyWire : AllowanceWire
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Key { get; init; }

    /// <summary>The hash; left out where the answer names the key anyhow.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Token { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? TokenId => Key is null ? null : Token;

    public required string KeyName { get; init; }

    public string? KeyAlias { get; init; }

    public string? UserId { get; init; }

    public string? TeamId { get; init; }

    public string? OrganizationId { get; init; }

    public string? BudgetId { get; init; }

    public IReadOnlyList<string> Models { get; init; } = [];

    public IReadOnlyList<string> Tags { get; init; } = [];

    public IReadOnlyList<string> Guardrails { get; init; } = [];

    public IReadOnlyList<string> AllowedRoutes { get; init; } = [];

    public JsonElement Aliases { get; init; }

    public JsonElement Metadata { get; init; }

    public JsonElement Permissions { get; init; }

    public JsonElement ModelMaxBudget { get; init; }

    public JsonElement? ModelRpmLimit { get; init; }

    public JsonElement? ModelTpmLimit { get; init; }

    public JsonElement? BudgetLimits { get; init; }

    public bool Blocked { get; init; }

    /// <summary>US dollars in the period that runs.</summary>
    public decimal Spend { get; init; }

    public DateTime? Expires { get; init; }

    public string? CreatedBy { get; init; }

    public string? UpdatedBy { get; init; }
}

/// <summary>The answer of <c>/key/info</c>.</summary>
internal sealed record KeyInfoWire(string Key, KeyWire Info);

/// <summary>The answer of <c>/key/delete</c>: what the request named.</summary>
internal sealed record KeysDeletedWire(IReadOnlyList<string> DeletedKeys);

/// <summary>A page of <c>/key/list</c>: hashes, or all about each.</summary>
internal sealed record KeyPageWire(IReadOnlyList<object> Keys, int TotalCount, int CurrentPage, int TotalPages);

/// <summary>The answers about keys. As in LiteLLM, what is not set is null and not absent.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(KeyWire))]
[JsonSerializable(typeof(KeyInfoWire))]
[JsonSerializable(typeof(KeysDeletedWire))]
[JsonSerializable(typeof(KeyPageWire))]
[JsonSerializable(typeof(string))]
internal sealed partial class KeyJson : JsonSerializerContext;
