using System.Text.Json.Nodes;

namespace ChatKit.Browser.Tests.Fake;

/// <summary>A thread in the fake server's memory, with its items in order.</summary>
public sealed class FakeThread(string createdAt)
{
    private readonly List<JsonObject> _items = [];

    public string Id { get; } = Wire.NewId("thr");

    public string? Title { get; set; }

    /// <summary>Why the thread takes no more messages.</summary>
    public string? ClosedBecause { get; set; }

    public FakeThread WithExchange(string question, string answer)
    {
        Add(Wire.UserMessage(Id, question));
        Add(Wire.AssistantMessage(Id, answer));
        return this;
    }

    internal void Add(JsonObject item)
    {
        lock (_items) _items.Add(item);
    }

    internal void DropAfter(string itemId)
    {
        lock (_items)
        {
            var kept = _items.FindIndex(item => Paging.IdOf(item) == itemId) + 1;
            _items.RemoveRange(kept, _items.Count - kept);
        }
    }

    internal bool BeganWith(string question)
    {
        lock (_items) return _items.Count > 0 && _items[0]["content"]![0]!["text"]!.GetValue<string>() == question;
    }

    internal JsonObject PageOf(int limit, bool descending, string? after = null)
    {
        lock (_items) return Paging.Cut(descending ? _items.AsEnumerable().Reverse() : _items, limit, after);
    }

    internal JsonObject ToJson(JsonObject? items = null)
    {
        var thread = new JsonObject
        {
            ["id"] = Id,
            ["created_at"] = createdAt,
            ["status"] = Status(),
            ["metadata"] = new JsonObject(),
            ["items"] = items ?? Wire.Page([]),
        };
        if (Title is not null) thread["title"] = Title;
        return thread;
    }

    private JsonObject Status() => ClosedBecause is null
        ? new() { ["type"] = "active" }
        : new() { ["type"] = "closed", ["reason"] = ClosedBecause };
}
