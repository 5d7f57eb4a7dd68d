using ChatKit.Data.Gateway.Spend;

namespace ChatKit.Gateway.Spend.Reports;

/// <summary>A settlement as it is shown: the row, without its table.</summary>
internal sealed class SpendLine(SpendRow row)
{
    public string RequestId { get; } = row.RequestId;

    public string CallType { get; } = row.CallType;

    public string KeyHash { get; } = row.KeyHash;

    public long? Spend { get; } = row.Spend;

    public long TotalTokens { get; } = row.TotalTokens;

    public long PromptTokens { get; } = row.PromptTokens;

    public long CompletionTokens { get; } = row.CompletionTokens;

    public long CacheReadTokens { get; } = row.CacheReadTokens;

    public long CacheCreationTokens { get; } = row.CacheCreationTokens;

    public DateTime StartTime { get; } = row.StartTime;

    public DateTime EndTime { get; } = row.EndTime;

    public DateTime? CompletionStartTime { get; } = row.CompletionStartTime;

    public string Model { get; } = row.Model;

    public string ModelId { get; } = row.ModelId;

    public string ModelGroup { get; } = row.ModelGroup;

    public string Provider { get; } = row.Provider;

    public string ApiBase { get; } = row.ApiBase;

    public string? UserId { get; } = row.UserId;

    public string? TeamId { get; } = row.TeamId;

    public string? EndUser { get; } = row.EndUser;

    public string? Metadata { get; } = row.Metadata;

    public IReadOnlyList<string> Tags { get; } = row.Tags;

    public bool CacheHit { get; } = row.CacheHit;

    public string? IpAddress { get; } = row.IpAddress;

    public string? SessionId { get; } = row.SessionId;

    public string Status { get; } = row.Status;

    public bool IsEstimated { get; } = row.IsEstimated;

    public string? Messages { get; } = row.Messages;

    public string? Response { get; } = row.Response;
}
