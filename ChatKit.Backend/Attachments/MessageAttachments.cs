using ChatKit.Backend.Access;
using ChatKit.Backend.Protocol;
using ChatKit.Data.Chat;
using Microsoft.EntityFrameworkCore;

namespace ChatKit.Backend.Attachments;

/// <summary>The files of a new message: all of them the user's own, and free.</summary>
internal sealed class MessageAttachments(ChatDbContext database, CurrentUser user, AttachmentAddresses addresses)
{
    /// <summary>Gives them to the thread, in the order in which they were named; stored with the message, by the same save.</summary>
    public async Task<Outcome<Attachment[]>> TakeAsync(IReadOnlyList<string> ids, string threadId, CancellationToken cancel)
    {
        if (ids.Count == 0)
            return Array.Empty<Attachment>();
        if (ids.Count > AttachmentLimits.MaxPerMessage)
            return Problems.Unprocessable($"A message may have {AttachmentLimits.MaxPerMessage} attachments.");
        if (ids.Distinct(StringComparer.Ordinal).Count() < ids.Count)
            return Problems.Unprocessable("`attachments` names one twice.");
        var found = await database.Attachments.OwnedBy(user).Where(row => ids.Contains(row.Id)).ToDictionaryAsync(row => row.Id, cancel);
        if (found.Count < ids.Count)
            return Problems.NotFound("attachment");
        if (found.Values.Any(row => row.ThreadId is not null))
            return Problems.Unprocessable("An attachment belongs to another message already.");
        foreach (var row in found.Values)
            row.ThreadId = threadId;
        return ids.Select(id => found[id].ToWire(addresses.Of(id))).ToArray();
    }
}
