using System.Text.Json;
using System.Text.Json.Serialization;

namespace ChatKit.Backend.Protocol;

/// <summary>Work that the model wants the embedding page to do. While it is pending the thread waits for its output.</summary>
public sealed record ClientToolCall : ThreadItem
{
    public required ToolCallStatus Status { get; init; }

    public required string CallId { get; init; }

    public required string Name { get; init; }

    /// <summary>A free map: its nulls are kept.</summary>
    public required JsonElement Arguments { get; init; }

    public JsonElement? Output { get; init; }
}

[JsonConverter(typeof(SnakeCaseEnum<ToolCallStatus>))]
public enum ToolCallStatus
{
    Pending,
    Completed,
}
