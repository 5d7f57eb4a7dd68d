using System.Linq.Expressions;
using ChatKit.Data.Gateway.Keys;
using ChatKit.Gateway.Model.Accounts;
using Microsoft.EntityFrameworkCore;

namespace ChatKit.Gateway.Administration.Directory;

/// <summary>The keys that go with whoever they belong to.</summary>
internal static class OwnedKeys
{
    public static async Task DeleteAsync(PendingChange change, Expression<Func<VirtualKeyRow, bool>> belongs, CancellationToken cancellationToken)
    {
        foreach (var key in await change.Rows.Keys.AsNoTracking().Where(belongs).Select(static key => new { key.Token, key.Name, key.Alias }).ToListAsync(cancellationToken))
        {
            change.Announce(AccountKind.Key, key.Token);
            change.Record("deleted", "key", key.Token, $$"""{"key_name":{{Quote(key.Name)}},"key_alias":{{Quote(key.Alias)}}}""", null);
        }

        await change.Rows.Keys.Where(belongs).ExecuteDeleteAsync(cancellationToken);
    }

    private static string Quote(string? text) => text is null ? "null" : $"\"{System.Text.Json.JsonEncodedText.Encode(text)}\"";
}
