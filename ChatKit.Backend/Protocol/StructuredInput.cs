using System.Text.Json.Serialization;

namespace ChatKit.Backend.Protocol;

/// <summary>Questions that the user answers in a form instead of in prose.</summary>
public sealed record StructuredInput : ThreadItem
{
    public required StructuredInputStatus Status { get; init; }

    public required IReadOnlyList<Question> Inputs { get; init; }
}

[JsonConverter(typeof(SnakeCaseEnum<StructuredInputStatus>))]
public enum StructuredInputStatus
{
    Pending,
    Answered,
    Skipped,
}

[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(MultipleChoice), "multiple_choice")]
[JsonDerivedType(typeof(Freeform), "freeform")]
public abstract record Question
{
    public required string Id { get; init; }

    [JsonPropertyName("question")]
    public required string Text { get; init; }

    /// <summary>Null until the form is sent.</summary>
    public Answer? Answer { get; init; }
}

/// <summary>The options are proposals: a client may send a value of its own.</summary>
public sealed record MultipleChoice : Question
{
    public required IReadOnlyList<ChoiceOption> Options { get; init; }

    public bool Multiple { get; init; }
}

public sealed record Freeform : Question
{
    public string? Description { get; init; }
}

public sealed record ChoiceOption(string Value);

public sealed record Answer(IReadOnlyList<string> Values, bool Skipped)
{
    public static readonly Answer None = new([], Skipped: true);
}
