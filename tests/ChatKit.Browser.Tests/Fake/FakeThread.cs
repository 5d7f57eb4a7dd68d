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

    /// <summary>An item as the protocol has it; who it is and when it came are added.</summary>
    public FakeThread With(JsonObject item)
    {
        Add(Wire.Complete(Id, item));
        return this;
    }

    /// <summary>What the next synchronous action answers with, in place of the item that it names; null for nothing.</summary>
    public Action<JsonObject>? OnAction { get; set; }

    internal void Add(JsonObject item)
    {
        lock (_items)
        {
            var known = _items.FindIndex(other => Paging.IdOf(other) == Paging.IdOf(item));
            if (known < 0) _items.Add(item);
            else _items[known] = item;
        }
    }

    internal JsonObject Updated(string itemId)
    {
        lock (_items)
        {
            if (OnAction is null) return [];
            var item = _items.Single(item => Paging.IdOf(item) == itemId);
            OnAction(item);
            return new JsonObject { ["updated_item"] = item.DeepClone() };
        }
    }

    internal void CompleteCall(JsonNode result)
    {
        lock (_items)
        {
            var call = _items.Last(item => item["type"]!.GetValue<string>() == "client_tool_call");
            (call["status"], call["output"]) = ("completed", result.DeepClone());
        }
    }

    internal JsonObject Fill(JsonNode parameters)
    {
        lock (_items)
        {
            var form = _items.Single(item => Paging.IdOf(item) == parameters["item_id"]!.GetValue<string>());
            form["status"] = parameters["input"]!["status"]!.GetValue<string>();
            foreach (var question in form["inputs"]!.AsArray())
                question!["answer"] = parameters["input"]!["answers"]?[question["id"]!.GetValue<string>()]?.DeepClone();
            return form;
        }
    }

    internal JsonObject Edit(JsonNode parameters)
    {
        var id = parameters["item_id"]!.GetValue<string>();
        DropAfter(id);
        lock (_items)
        {
            _items[^1]["content"] = parameters["input"]!["content"]!.DeepClone();
            return _items[^1];
        }
    }

    internal bool Says(string words)
    {
        lock (_items) return _items.Exists(item => item.ToJsonString().Contains(words, StringComparison.OrdinalIgnoreCase));
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
