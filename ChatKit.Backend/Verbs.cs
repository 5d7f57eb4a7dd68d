using System.Collections.Frozen;
using ChatKit.Backend.Actions;
using ChatKit.Backend.Attachments;
using ChatKit.Backend.Items;
using ChatKit.Backend.Protocol;
using ChatKit.Backend.Speech;
using ChatKit.Backend.Threads;

namespace ChatKit.Backend;

/// <summary>The request types of the protocol, and what answers each.</summary>
internal static class Verbs
{
    public static readonly FrozenDictionary<string, Verb> Known = new Dictionary<string, Verb>
    {
        ["threads.create"] = Verb.Of<CreateThread, CreateThreadParams>(Wire.Json.CreateThreadParams),
        ["threads.add_user_message"] = Verb.Of<AddUserMessage, AddUserMessageParams>(Wire.Json.AddUserMessageParams),
        ["threads.retry_after_item"] = Verb.Of<RetryAfterItem, RetryAfterItemParams>(Wire.Json.RetryAfterItemParams),
        ["threads.edit_user_message"] = Verb.Of<EditUserMessage, EditUserMessageParams>(Wire.Json.EditUserMessageParams),
        ["threads.add_client_tool_output"] = Verb.Of<AddClientToolOutput, AddClientToolOutputParams>(Wire.Json.AddClientToolOutputParams),
        ["threads.add_structured_input"] = Verb.Of<AddStructuredInput, AddStructuredInputParams>(Wire.Json.AddStructuredInputParams),
        ["threads.custom_action"] = Verb.Of<CustomAction, CustomActionParams>(Wire.Json.CustomActionParams),
        ["threads.sync_custom_action"] = Verb.Of<SyncCustomAction, CustomActionParams>(Wire.Json.CustomActionParams),
        ["threads.get_by_id"] = Verb.Of<GetThread, ThreadIdParams>(Wire.Json.ThreadIdParams),
        ["threads.list"] = Verb.Of<ListThreads, ListThreadsParams>(Wire.Json.ListThreadsParams),
        ["threads.update"] = Verb.Of<UpdateThread, UpdateThreadParams>(Wire.Json.UpdateThreadParams),
        ["threads.delete"] = Verb.Of<DeleteThread, ThreadIdParams>(Wire.Json.ThreadIdParams),
        ["items.list"] = Verb.Of<ListItems, ListItemsParams>(Wire.Json.ListItemsParams),
        ["items.feedback"] = Verb.Of<GiveFeedback, FeedbackParams>(Wire.Json.FeedbackParams),
        ["attachments.create"] = Verb.Of<CreateAttachment, CreateAttachmentParams>(Wire.Json.CreateAttachmentParams),
        ["attachments.delete"] = Verb.Of<DeleteAttachment, AttachmentIdParams>(Wire.Json.AttachmentIdParams),
        ["input.transcribe"] = Verb.Of<Transcribe, TranscribeParams>(Wire.Json.TranscribeParams),
    }.ToFrozenDictionary(StringComparer.Ordinal);
}
