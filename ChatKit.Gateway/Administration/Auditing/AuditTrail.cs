using System.Data.Common;
using ChatKit.Data.Gateway;
using ChatKit.Data.Gateway.Directory;
using ChatKit.Gateway.Model;
using ChatKit.Gateway.Model.Auditing;
using Microsoft.EntityFrameworkCore;

namespace ChatKit.Gateway.Administration.Auditing;

/// <summary>The audit log: a row for people who look back, unless <c>store_audit_logs</c> is off, and a line in the log for whatever collects those.</summary>
internal sealed partial class AuditTrail(SnapshotHolder snapshots, TimeProvider time, ILogger<AuditTrail> logger, IDbContextFactory<GatewayDbContext>? contexts = null) : IAuditTrail
{
    public async ValueTask RecordAsync(AuditEntry entry)
    {
        Log.Changed(logger, entry.By.Name, entry.Action, entry.Subject, entry.SubjectId);
        if (contexts is null || !snapshots.Current.Settings.Directory.KeepsAuditLog) return;
        try
        {
            await using var database = await contexts.CreateDbContextAsync(CancellationToken.None);
            database.Audit.Add(new AuditRow
            {
                Id = Guid.CreateVersion7().ToString(),
                At = time.GetUtcNow().UtcDateTime,
                ChangedBy = entry.By.UserId ?? entry.By.Name,
                ChangedByKey = entry.By.KeyHash,
                Action = entry.Action,
                Subject = entry.Subject,
                SubjectId = entry.SubjectId,
                Before = entry.Before is null ? null : Redaction.Of(entry.Before),
                After = entry.After is null ? null : Redaction.Of(entry.After),
            });
            await database.SaveChangesAsync(CancellationToken.None);
        }
        catch (Exception failure) when (failure is DbException or DbUpdateException or InvalidOperationException or TimeoutException)
        {
            Log.NotWritten(logger, failure, entry.Action, entry.Subject, entry.SubjectId);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "{By} {Action} {Subject} {SubjectId}")]
        public static partial void Changed(ILogger logger, string by, string action, string subject, string subjectId);

        [LoggerMessage(2, LogLevel.Error, "The audit log could not be written: {Action} {Subject} {SubjectId}")]
        public static partial void NotWritten(ILogger logger, Exception failure, string action, string subject, string subjectId);
    }
}
