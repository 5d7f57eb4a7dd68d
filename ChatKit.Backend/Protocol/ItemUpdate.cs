using System.Text.Json.Serialization;

namespace ChatKit.Backend.Protocol;

/// <summary>A change to an item that is being streamed.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(ContentPartAdded), "assistant_message.content_part.added")]
[JsonDerivedType(typeof(TextDelta), "assistant_message.content_part.text_delta")]
[JsonDerivedType(typeof(AnnotationAdded), "assistant_message.content_part.annotation_added")]
[JsonDerivedType(typeof(ContentPartDone), "assistant_message.content_part.done")]
internal abstract record ItemUpdate;

internal sealed record ContentPartAdded(int ContentIndex, OutputText Content) : ItemUpdate;

internal sealed record TextDelta(int ContentIndex, string Delta) : ItemUpdate;

internal sealed record AnnotationAdded(int ContentIndex, int AnnotationIndex, Annotation Annotation) : ItemUpdate;

internal sealed record ContentPartDone(int ContentIndex, OutputText Content) : ItemUpdate;
