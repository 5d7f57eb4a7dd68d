using System.Text.Json;
using ChatKit.Backend.Protocol;
using ChatKit.Data.Chat;

namespace ChatKit.Backend.Items;

/// <summary>Between the table and the wire: the row keeps the item's JSON, and beside it what queries need.</summary>
internal static class ItemRows
{
    public static ItemRow ToRow(this ThreadItem item, long sequence)
    {
        var row = new ItemRow
        {
            ThreadId = item.ThreadId,
            Id = item.Id,
            Sequence = sequence,
            CreatedAt = item.CreatedAt.UtcDateTime,
            Type = "",
            Hidden = false,
            Body = "",
        };
        row.Hold(item);
        return row;
    }

    /// <summary>Replaces what the row holds; its place in the thread stays.</summary>
    public static void Hold(this ItemRow row, ThreadItem item)
    {
        var body = JsonSerializer.SerializeToElement(item, Wire.Json.ThreadItem);
        row.Type = body.GetProperty("type").GetString()!;
        row.Hidden = item.IsHidden;
        row.Body = body.GetRawText();
    }

    public static ThreadItem ToItem(this ItemRow row) => JsonSerializer.Deserialize(row.Body, Wire.Json.ThreadItem)!;
}
