using ChatKit.Data.Gateway;
using ChatKit.Gateway.Model;
using ChatKit.Gateway.Model.Accounts;
using ChatKit.Gateway.Model.Auditing;

namespace ChatKit.Gateway.Administration;

/// <summary>A change that is being made: the rows, and what is to be told about it once it stands.</summary>
internal sealed class PendingChange(GatewayDbContext rows, Caller by)
{
    private readonly List<AccountId> _accounts = [];
    private readonly List<AuditEntry> _entries = [];

    public GatewayDbContext Rows => rows;

    public Caller By => by;

    /// <summary>How the audit columns of a row name its author.</summary>
    public string Author => by.UserId ?? by.Name;

    public IReadOnlyList<AccountId> Accounts => _accounts;

    public IReadOnlyList<AuditEntry> Entries => _entries;

    /// <summary>What is kept in memory about it is out of date.</summary>
    public void Announce(AccountKind kind, string id) => _accounts.Add(new AccountId(kind, id));

    public void Announce(AccountId account) => _accounts.Add(account);

    public void Record(string action, string subject, string id, string? before, string? after) => _entries.Add(new AuditEntry(by, action, subject, id, before, after));
}
