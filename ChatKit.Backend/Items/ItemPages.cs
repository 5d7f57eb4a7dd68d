using ChatKit.Backend.Access;
using ChatKit.Backend.Protocol;
using ChatKit.Data.Chat;
using Microsoft.EntityFrameworkCore;

namespace ChatKit.Backend.Items;

/// <summary>Cuts a thread's items into pages.</summary>
internal static class ItemPages
{
    /// <summary>Hidden items are dropped after the page is cut, so a page may be short of its limit, and a cursor may stand on a hidden item.</summary>
    public static async Task<Outcome<Page<ThreadItem>>> ReadAsync(ChatDbContext database, string threadId, ListParams list, CancellationToken cancel)
    {
        var items = database.Items.AsNoTracking().Where(item => item.ThreadId == threadId);
        var ascending = list.Order is SortOrder.Asc;
        var rest = items;
        if (list.After is { } after)
        {
            if (await items.Where(item => item.Id == after).Select(item => (long?)item.Sequence).SingleOrDefaultAsync(cancel) is not { } cursor)
                return Problems.NotFound("item to list `after`");
            rest = ascending ? items.Where(item => item.Sequence > cursor) : items.Where(item => item.Sequence < cursor);
        }

        var rows = await (ascending ? rest.OrderBy(item => item.Sequence) : rest.OrderByDescending(item => item.Sequence))
            .Take(list.PageSize + 1)
            .ToListAsync(cancel);
        var more = rows.Count > list.PageSize;
        var shown = rows.Take(list.PageSize);
        return new Page<ThreadItem>([.. shown.Where(row => !row.Hidden).Select(row => row.ToItem())], more, more ? shown.Last().Id : null);
    }
}
