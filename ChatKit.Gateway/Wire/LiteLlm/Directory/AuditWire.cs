using System.Text.Json;

namespace ChatKit.Gateway.Wire.LiteLlm.Directory;

/// <summary>
/// A line of the audit log (https://docs.litellm.ai/docs/proxy/multiple_admins):
/// <code>{"id":"…","updated_at":"…","changed_by":"ada","changed_by_api_key":"hash","action":"updated","table_name":"LiteLLM_TeamTable","object_id":"core","before_value":{…},"updated_values":{…}}</code>
/// </summary>
internal sealed record AuditWire(string Id, DateTime UpdatedAt, string ChangedBy, string? ChangedByApiKey, string Action, string TableName, string ObjectId)
{
    public JsonElement? BeforeValue { get; init; }

    public JsonElement? UpdatedValues { get; init; }
}

internal sealed record AuditPageWire(IReadOnlyList<AuditWire> AuditLogs, int Total, int Page, int PageSize, int TotalPages);
