using ChatKit.Data.Chat;
using Microsoft.EntityFrameworkCore;

namespace ChatKit.Backend.Access.Accounts;

/// <summary>What a person left in the chat's tables: threads with all that is in them, and files that no message took.</summary>
internal sealed class PersonalData(ChatDbContext database)
{
    public async Task DeleteAsync(string userId, CancellationToken cancel)
    {
        await database.Threads.Where(thread => thread.UserId == userId).ExecuteDeleteAsync(cancel);
        await database.Attachments.Where(attachment => attachment.UserId == userId).ExecuteDeleteAsync(cancel);
    }
}
