using System.Text.Json.Serialization;

namespace ChatKit.Backend.Protocol;

/// <summary>What the assistant does on its way to an answer, step by step.</summary>
public sealed record WorkflowItem : ThreadItem
{
    public required Workflow Workflow { get; init; }
}

/// <summary>A step that stands alone, outside a workflow.</summary>
public sealed record TaskItem : ThreadItem
{
    public required WorkflowTask Task { get; init; }
}

public sealed record Workflow(WorkflowKind Type, IReadOnlyList<WorkflowTask> Tasks, WorkflowSummary? Summary = null, bool Expanded = false);

[JsonConverter(typeof(SnakeCaseEnum<WorkflowKind>))]
public enum WorkflowKind
{
    Custom,

    /// <summary>The tasks are thoughts.</summary>
    Reasoning,
}

/// <summary>The line that stands for the workflow once it is over: a title of its own, or how many seconds it took.</summary>
public sealed record WorkflowSummary
{
    public string? Title { get; init; }

    public string? Icon { get; init; }

    /// <summary>Seconds.</summary>
    public int? Duration { get; init; }
}

[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(CustomTask), "custom")]
[JsonDerivedType(typeof(WebSearchTask), "web_search")]
[JsonDerivedType(typeof(ThoughtTask), "thought")]
[JsonDerivedType(typeof(FileTask), "file")]
[JsonDerivedType(typeof(ImageTask), "image")]
public abstract record WorkflowTask
{
    public string? Title { get; init; }

    /// <summary>Shown within a workflow only.</summary>
    public TaskStatusIndicator StatusIndicator { get; init; }
}

public sealed record CustomTask : WorkflowTask
{
    public string? Icon { get; init; }

    public string? Content { get; init; }
}

public sealed record WebSearchTask : WorkflowTask
{
    public string? TitleQuery { get; init; }

    public IReadOnlyList<string> Queries { get; init; } = [];

    /// <summary>Pages that were found: <see cref="UrlSource"/>.</summary>
    public IReadOnlyList<Source> Sources { get; init; } = [];
}

public sealed record ThoughtTask : WorkflowTask
{
    public required string Content { get; init; }
}

public sealed record FileTask : WorkflowTask
{
    /// <summary>Files that were read: <see cref="FileSource"/>.</summary>
    public IReadOnlyList<Source> Sources { get; init; } = [];
}

public sealed record ImageTask : WorkflowTask;

[JsonConverter(typeof(SnakeCaseEnum<TaskStatusIndicator>))]
public enum TaskStatusIndicator
{
    None,
    Loading,
    Complete,
}
