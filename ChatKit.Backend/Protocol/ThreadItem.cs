using System.Text.Json;
using System.Text.Json.Serialization;

namespace ChatKit.Backend.Protocol;

/// <summary>What a thread is made of. Items are stored as this JSON and sent as it.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(UserMessage), "user_message")]
[JsonDerivedType(typeof(AssistantMessage), "assistant_message")]
[JsonDerivedType(typeof(ClientToolCall), "client_tool_call")]
[JsonDerivedType(typeof(StructuredInput), "structured_input")]
[JsonDerivedType(typeof(WidgetItem), "widget")]
[JsonDerivedType(typeof(GeneratedImageItem), "generated_image")]
[JsonDerivedType(typeof(WorkflowItem), "workflow")]
[JsonDerivedType(typeof(TaskItem), "task")]
[JsonDerivedType(typeof(EndOfTurn), "end_of_turn")]
[JsonDerivedType(typeof(HiddenContext), "hidden_context_item")]
[JsonDerivedType(typeof(SdkHiddenContext), "sdk_hidden_context")]
public abstract record ThreadItem
{
    [JsonPropertyOrder(-3)]
    public required string Id { get; init; }

    [JsonPropertyOrder(-2)]
    public required string ThreadId { get; init; }

    [JsonPropertyOrder(-1)]
    [JsonConverter(typeof(UtcInstantConverter))]
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Hidden items are for the model; no client ever sees them.</summary>
    [JsonIgnore]
    public bool IsHidden => this is HiddenContext or SdkHiddenContext;
}

/// <summary>What the user said, and how they want it answered.</summary>
public sealed record UserMessage : ThreadItem
{
    public required IReadOnlyList<UserContent> Content { get; init; }

    public required IReadOnlyList<Attachment> Attachments { get; init; }

    public string? QuotedText { get; init; }

    public required InferenceOptions InferenceOptions { get; init; }
}

/// <summary>What the model answered.</summary>
public sealed record AssistantMessage : ThreadItem
{
    public required IReadOnlyList<OutputText> Content { get; init; }
}

/// <summary>A mark: the assistant has said all it has to say.</summary>
public sealed record EndOfTurn : ThreadItem;

/// <summary>A responder's own note to the model.</summary>
public sealed record HiddenContext : ThreadItem
{
    public required JsonElement Content { get; init; }
}

/// <summary>The server's note to the model, e.g. that the user stopped an answer.</summary>
public sealed record SdkHiddenContext : ThreadItem
{
    public required string Content { get; init; }
}
