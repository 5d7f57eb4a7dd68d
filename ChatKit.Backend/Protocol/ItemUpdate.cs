using System.Text.Json.Serialization;

namespace ChatKit.Backend.Protocol;

/// <summary>A change to an item that is being streamed.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(ContentPartAdded), "assistant_message.content_part.added")]
[JsonDerivedType(typeof(TextDelta), "assistant_message.content_part.text_delta")]
[JsonDerivedType(typeof(AnnotationAdded), "assistant_message.content_part.annotation_added")]
[JsonDerivedType(typeof(ContentPartDone), "assistant_message.content_part.done")]
[JsonDerivedType(typeof(WidgetTextDelta), "widget.streaming_text.value_delta")]
[JsonDerivedType(typeof(WidgetRootUpdated), "widget.root.updated")]
[JsonDerivedType(typeof(WidgetComponentUpdated), "widget.component.updated")]
[JsonDerivedType(typeof(WorkflowTaskAdded), "workflow.task.added")]
[JsonDerivedType(typeof(WorkflowTaskUpdated), "workflow.task.updated")]
[JsonDerivedType(typeof(GeneratedImageUpdated), "generated_image.updated")]
public abstract record ItemUpdate
{
    private protected ItemUpdate()
    {
    }
}

public sealed record ContentPartAdded(int ContentIndex, OutputText Content) : ItemUpdate;

public sealed record TextDelta(int ContentIndex, string Delta) : ItemUpdate;

public sealed record AnnotationAdded(int ContentIndex, int AnnotationIndex, Annotation Annotation) : ItemUpdate;

public sealed record ContentPartDone(int ContentIndex, OutputText Content) : ItemUpdate;

/// <summary>More text for a component with an id that shows text; <paramref name="Done"/> when no more will come.</summary>
public sealed record WidgetTextDelta(string ComponentId, string Delta, bool Done) : ItemUpdate;

public sealed record WidgetRootUpdated(Widget Widget) : ItemUpdate;

public sealed record WidgetComponentUpdated(string ComponentId, WidgetComponent Component) : ItemUpdate;

public sealed record WorkflowTaskAdded(int TaskIndex, WorkflowTask Task) : ItemUpdate;

public sealed record WorkflowTaskUpdated(int TaskIndex, WorkflowTask Task) : ItemUpdate;

/// <summary>A sketch of the image, or the image; <paramref name="Progress"/> from 0 to 1.</summary>
public sealed record GeneratedImageUpdated(GeneratedImage Image, double? Progress = null) : ItemUpdate;
