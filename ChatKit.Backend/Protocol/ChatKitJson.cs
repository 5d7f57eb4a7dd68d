using System.Text.Json;
using System.Text.Json.Serialization;
using ChatKit.Backend.Models;
using ChatKit.Backend.Page;
using ChatKit.Backend.Threads;

namespace ChatKit.Backend.Protocol;

/// <summary>
/// The one JSON dialect of the protocol, on the wire and in the items table: snake case, null members left out, unknown ones ignored, what a type
/// requires demanded, and <c>type</c> wherever it stands in an object.
/// </summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    AllowOutOfOrderMetadataProperties = true)]
[JsonSerializable(typeof(CreateThreadParams))]
[JsonSerializable(typeof(AddUserMessageParams))]
[JsonSerializable(typeof(RetryAfterItemParams))]
[JsonSerializable(typeof(AddClientToolOutputParams))]
[JsonSerializable(typeof(AddStructuredInputParams))]
[JsonSerializable(typeof(CustomActionParams))]
[JsonSerializable(typeof(WidgetAction))]
[JsonSerializable(typeof(ActionAnswer))]
[JsonSerializable(typeof(FeedbackParams))]
[JsonSerializable(typeof(CreateAttachmentParams))]
[JsonSerializable(typeof(AttachmentIdParams))]
[JsonSerializable(typeof(TranscribeParams))]
[JsonSerializable(typeof(Transcription))]
[JsonSerializable(typeof(ThreadIdParams))]
[JsonSerializable(typeof(ListThreadsParams))]
[JsonSerializable(typeof(UpdateThreadParams))]
[JsonSerializable(typeof(ListItemsParams))]
[JsonSerializable(typeof(Page<ChatThread>))]
[JsonSerializable(typeof(Page<ThreadItem>))]
[JsonSerializable(typeof(ModelChoices))]
[JsonSerializable(typeof(PageFacts))]
[JsonSerializable(typeof(ThreadMatches))]
[JsonSerializable(typeof(EditUserMessageParams))]
[JsonSerializable(typeof(EmptyObject))]
[JsonSerializable(typeof(ThreadEvent))]
[JsonSerializable(typeof(IReadOnlyList<string>))]
internal sealed partial class ChatKitJson : JsonSerializerContext;

/// <summary>The context with the wire's encoder, which no attribute can name: text leaves as plain UTF-8.</summary>
internal static class Wire
{
    public static readonly ChatKitJson Json = new(new JsonSerializerOptions(ChatKitJson.Default.Options)
    {
        Encoder = RawTextEncoder.Instance,
    });
}

/// <summary><c>{}</c>: done, and nothing to say.</summary>
internal sealed record EmptyObject
{
    public static readonly EmptyObject Instance = new();
}
