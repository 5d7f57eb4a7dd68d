using System.Text.Json;
using System.Text.Json.Serialization;

namespace ChatKit.Backend.Protocol;

internal sealed record CreateThreadParams(UserInput Input);

internal sealed record AddUserMessageParams(string ThreadId, UserInput Input);

internal sealed record RetryAfterItemParams(string ThreadId, string ItemId);

/// <summary>Ours, beside the protocol: a message with other words.</summary>
internal sealed record EditUserMessageParams(string ThreadId, string ItemId, UserInput Input);

/// <summary>Any JSON is an output, null too.</summary>
internal sealed record AddClientToolOutputParams(string ThreadId, JsonElement Result);

internal sealed record AddStructuredInputParams(string ThreadId, string ItemId, StructuredAnswers Input);

/// <summary>A form that is sent: the answers by the id of their question.</summary>
internal sealed record StructuredAnswers(AnswersStatus Status = AnswersStatus.Answered, IReadOnlyDictionary<string, SentAnswer>? Answers = null);

internal sealed record SentAnswer(IReadOnlyList<string>? Values = null, bool Skipped = false);

[JsonConverter(typeof(SnakeCaseEnum<AnswersStatus>))]
internal enum AnswersStatus
{
    Answered,
    Skipped,
}

internal sealed record ThreadIdParams(string ThreadId);

internal sealed record UpdateThreadParams(string ThreadId, string Title);

internal sealed record CreateAttachmentParams(string Name, long Size, string MimeType);

internal sealed record AttachmentIdParams(string AttachmentId);

internal sealed record TranscribeParams(string AudioBase64, string MimeType);

internal sealed record Transcription(string Text);

internal sealed record FeedbackParams(string ThreadId, IReadOnlyList<string> ItemIds, FeedbackKind Kind);

[JsonConverter(typeof(SnakeCaseEnum<FeedbackKind>))]
internal enum FeedbackKind
{
    Positive,
    Negative,
}

/// <summary>How far and which way to read a list. A limit is never refused, only brought into bounds.</summary>
internal abstract record ListParams
{
    private const int DefaultLimit = 20;
    private const int MaxLimit = 100;

    [JsonNumberHandling(JsonNumberHandling.AllowReadingFromString)]
    public long? Limit { get; init; }

    public SortOrder Order { get; init; }

    /// <summary>The last row of the page before, exclusive.</summary>
    public string? After { get; init; }

    [JsonIgnore]
    public int PageSize => Limit is null or 0 ? DefaultLimit : (int)Math.Clamp(Limit.Value, 1, MaxLimit);
}

internal sealed record ListThreadsParams : ListParams;

internal sealed record ListItemsParams : ListParams
{
    public required string ThreadId { get; init; }
}

/// <summary>The newest first, unless asked otherwise.</summary>
[JsonConverter(typeof(SnakeCaseEnum<SortOrder>))]
internal enum SortOrder
{
    Desc,
    Asc,
}
