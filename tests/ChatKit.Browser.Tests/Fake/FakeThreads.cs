using System.Text.Json.Nodes;

namespace ChatKit.Browser.Tests.Fake;

/// <summary>The threads of the fake server, newest first.</summary>
internal sealed class FakeThreads
{
    private readonly List<FakeThread> _threads = [];

    public FakeThread Add(string? title, TimeSpan age)
    {
        lock (_threads)
        {
            var thread = new FakeThread(Wire.Time(age + TimeSpan.FromSeconds(_threads.Count))) { Title = title };
            _threads.Add(thread);
            return thread;
        }
    }

    public FakeThread Begin()
    {
        lock (_threads)
        {
            var thread = new FakeThread(Wire.Time(TimeSpan.Zero));
            _threads.Insert(0, thread);
            return thread;
        }
    }

    public FakeThread? ById(string id)
    {
        lock (_threads) return _threads.Find(thread => thread.Id == id);
    }

    /// <summary>The thread that a question began.</summary>
    public FakeThread Find(string question)
    {
        lock (_threads) return _threads.Single(thread => thread.BeganWith(question));
    }

    public JsonObject Search(string words)
    {
        lock (_threads)
        {
            var found = _threads.Where(thread => thread.Title?.Contains(words, StringComparison.OrdinalIgnoreCase) == true || thread.Says(words));
            return new JsonObject { ["data"] = new JsonArray([.. found.Select(thread => new JsonObject { ["thread"] = thread.ToJson(), ["excerpt"] = $"… {words} …" })]) };
        }
    }

    public void Remove(FakeThread thread)
    {
        lock (_threads) _threads.Remove(thread);
    }

    public JsonObject PageOf(int limit, string? after)
    {
        lock (_threads) return Paging.Cut(_threads.Select(thread => thread.ToJson()), limit, after);
    }
}
