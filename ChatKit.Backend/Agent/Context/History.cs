using ChatKit.Backend.Protocol;

namespace ChatKit.Backend.Agent.Context;

/// <summary>A thread as far as a model is told it: a summary of its older part, where there is one, and the items that came after.</summary>
internal sealed record History(string? Summary, IReadOnlyList<ThreadItem> Items)
{
    public static History Of(IReadOnlyList<ThreadItem> items)
    {
        var note = items.Reverse().Select(SummaryNote.Read).FirstOrDefault(note => note is not null);
        var through = items.Count - 1;
        while (through >= 0 && items[through].Id != note?.Through)
            through--;
        return new History(note?.Text, [.. items.Skip(through + 1).Where(item => SummaryNote.Read(item) is null)]);
    }

    /// <summary>The items with the summary before them.</summary>
    public IReadOnlyList<ThreadItem> ToItems() => Summary is null ? Items :
    [
        new SdkHiddenContext { Id = "", ThreadId = "", CreatedAt = default, Content = $"The conversation before this, summed up:\n{Summary}" },
        .. Items,
    ];
}
