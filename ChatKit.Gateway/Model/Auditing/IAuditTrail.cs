namespace ChatKit.Gateway.Model.Auditing;

/// <summary>Where every change is written down that an administrator, or whoever else has the right, makes.</summary>
internal interface IAuditTrail
{
    /// <summary>Writes it down. The change is stored already, so that a failure is logged and not thrown.</summary>
    ValueTask RecordAsync(AuditEntry entry);
}
