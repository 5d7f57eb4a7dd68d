using System.Text.Json.Serialization;

namespace ChatKit.Gateway.Wire.LiteLlm;

/// <summary>
/// What LiteLLM posts to a webhook about a budget (https://docs.litellm.ai/docs/proxy/alerting#advanced---webhooks-for-budget-alerts):
/// <c>{"spend":1,"max_budget":0,"soft_budget":null,"token":"88dc…","user_id":"default_user_id","team_id":null, … "event":"budget_crossed","event_group":"user",
/// "event_message":"User Budget: Budget Crossed"}</c>. Money is US dollars.
/// </summary>
internal sealed record BudgetEventWire
{
    [JsonPropertyName("spend")]
    public required decimal Spend { get; init; }

    [JsonPropertyName("max_budget")]
    public required decimal? MaxBudget { get; init; }

    [JsonPropertyName("soft_budget")]
    public required decimal? SoftBudget { get; init; }

    /// <summary>The key's hash.</summary>
    [JsonPropertyName("token")]
    public required string? Token { get; init; }

    [JsonPropertyName("customer_id")]
    public required string? CustomerId { get; init; }

    [JsonPropertyName("user_id")]
    public required string? UserId { get; init; }

    [JsonPropertyName("team_id")]
    public required string? TeamId { get; init; }

    [JsonPropertyName("team_alias")]
    public required string? TeamAlias { get; init; }

    [JsonPropertyName("organization_id")]
    public required string? OrganizationId { get; init; }

    [JsonPropertyName("user_email")]
    public required string? UserEmail { get; init; }

    [JsonPropertyName("key_alias")]
    public required string? KeyAlias { get; init; }

    /// <summary>A day, <c>2026-11-23</c>.</summary>
    [JsonPropertyName("projected_exceeded_date")]
    public required string? ProjectedExceededDate { get; init; }

    [JsonPropertyName("projected_spend")]
    public required decimal? ProjectedSpend { get; init; }

    [JsonPropertyName("event")]
    public required string Event { get; init; }

    [JsonPropertyName("event_group")]
    public required string EventGroup { get; init; }

    [JsonPropertyName("event_message")]
    public required string EventMessage { get; init; }
}

/// <summary>A line for people, as Slack's incoming webhooks take it (https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks).</summary>
internal sealed record ChatLineWire([property: JsonPropertyName("text")] string Text);

[JsonSerializable(typeof(BudgetEventWire))]
[JsonSerializable(typeof(ChatLineWire))]
internal sealed partial class BudgetEventJson : JsonSerializerContext;
