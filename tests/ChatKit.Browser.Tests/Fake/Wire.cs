using System.Globalization;
using System.Text.Json.Nodes;

namespace ChatKit.Browser.Tests.Fake;

/// <summary>The ChatKit objects and events that the fake server sends.</summary>
internal static class Wire
{
    public static JsonObject UserMessage(string threadId, JsonNode input) => new()
    {
        ["type"] = "user_message",
        ["id"] = NewId("msg"),
        ["thread_id"] = threadId,
        ["created_at"] = Time(TimeSpan.Zero),
        ["content"] = input["content"]!.DeepClone(),
        ["attachments"] = new JsonArray(),
        ["inference_options"] = input["inference_options"]!.DeepClone(),
    };

    public static JsonObject UserMessage(string threadId, string words) => UserMessage(threadId, new JsonObject
    {
        ["content"] = new JsonArray(new JsonObject { ["type"] = "input_text", ["text"] = words }),
        ["inference_options"] = new JsonObject(),
    });

    public static JsonObject AssistantMessage(string threadId, string words) => new()
    {
        ["type"] = "assistant_message",
        ["id"] = NewId("msg"),
        ["thread_id"] = threadId,
        ["created_at"] = Time(TimeSpan.Zero),
        ["content"] = words.Length == 0 ? [] : new JsonArray(Text(words)),
    };

    /// <summary>An item with what all items have.</summary>
    public static JsonObject Complete(string threadId, JsonObject item)
    {
        var whole = item.DeepClone().AsObject();
        whole["id"] ??= NewId("itm");
        whole["thread_id"] = threadId;
        whole["created_at"] = Time(TimeSpan.Zero);
        return whole;
    }

    public static JsonObject Text(string words) => new() { ["type"] = "output_text", ["text"] = words, ["annotations"] = new JsonArray() };

    public static JsonObject Page(IEnumerable<JsonObject> data, string? after = null)
    {
        var page = new JsonObject { ["data"] = new JsonArray([.. data.Select(row => row.DeepClone())]), ["has_more"] = after is not null };
        if (after is not null) page["after"] = after;
        return page;
    }

    public static string Item(string type, JsonObject item) => Event(type, "item", item);

    public static string Thread(string type, JsonObject thread) => Event(type, "thread", thread);

    public static string StreamOptions() => Event("stream_options", "stream_options", new JsonObject { ["allow_cancel"] = true });

    public static string PartAdded(JsonObject message) => Update(message, new JsonObject
    {
        ["type"] = "assistant_message.content_part.added",
        ["content_index"] = 0,
        ["content"] = Text(""),
    });

    public static string Delta(JsonObject message, string words) => Update(message, new JsonObject
    {
        ["type"] = "assistant_message.content_part.text_delta",
        ["content_index"] = 0,
        ["delta"] = words,
    });

    public static string Progress(string text) => Event("progress_update", "text", JsonValue.Create(text));

    public static string Error(string message, bool allowRetry) =>
        new JsonObject { ["type"] = "error", ["code"] = "custom", ["message"] = message, ["allow_retry"] = allowRetry }.ToJsonString();

    public static string NewId(string prefix) => $"{prefix}_{Guid.NewGuid():N}";

    /// <summary>A moment that long ago.</summary>
    public static string Time(TimeSpan ago) =>
        (TimeProvider.System.GetUtcNow() - ago).ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    private static string Update(JsonObject message, JsonObject update) => new JsonObject
    {
        ["type"] = "thread.item.updated",
        ["item_id"] = message["id"]!.GetValue<string>(),
        ["update"] = update,
    }.ToJsonString();

    private static string Event(string type, string member, JsonNode value) =>
        new JsonObject { ["type"] = type, [member] = value.DeepClone() }.ToJsonString();
}
