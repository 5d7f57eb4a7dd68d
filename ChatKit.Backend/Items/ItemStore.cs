using ChatKit.Backend.Protocol;
using ChatKit.Data.Chat;
using Microsoft.EntityFrameworkCore;

namespace ChatKit.Backend.Items;

/// <summary>
/// Writes the items of a thread in the order in which they came. Only the turn that holds the thread writes, so the next place in the sequence is one
/// past the last; should a second process ever break that rule, the unique index refuses the write instead of mixing the order.
/// </summary>
internal sealed class ItemStore(ChatDbContext database)
{
    /// <summary>Adds the item; one that is there already is replaced where it stands.</summary>
    public async Task PutAsync(ThreadItem item)
    {
        if (await database.Items.FindAsync(item.ThreadId, item.Id) is { } row)
            row.Hold(item);
        else
            database.Items.Add(item.ToRow(await LastSequenceAsync(item.ThreadId) + 1));
        await database.SaveChangesAsync();
    }

    public async Task RemoveAsync(string threadId, string itemId)
    {
        if (await database.Items.FindAsync(threadId, itemId) is not { } row)
            return;
        database.Items.Remove(row);
        await database.SaveChangesAsync();
    }

    public async Task<ThreadItem?> FindAsync(string threadId, string itemId, CancellationToken cancel) =>
        (await database.Items.AsNoTracking().SingleOrDefaultAsync(item => item.ThreadId == threadId && item.Id == itemId && !item.Hidden, cancel))?.ToItem();

    /// <summary>The newest items, hidden ones too, oldest first.</summary>
    public async Task<IReadOnlyList<ThreadItem>> NewestAsync(string threadId, int count, CancellationToken cancel)
    {
        var newest = await database.Items.AsNoTracking()
            .Where(item => item.ThreadId == threadId)
            .OrderByDescending(item => item.Sequence)
            .Take(count)
            .ToListAsync(cancel);
        newest.Reverse();
        return [.. newest.Select(row => row.ToItem())];
    }

    private async Task<long> LastSequenceAsync(string threadId) =>
        await database.Items.Where(item => item.ThreadId == threadId).MaxAsync(item => (long?)item.Sequence) ?? 0;
}
