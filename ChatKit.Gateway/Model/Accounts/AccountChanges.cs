namespace ChatKit.Gateway.Model.Accounts;

/// <summary>
/// Who must hear that a key, team, user, customer or tag was changed: whatever is kept in memory about it is out of date. Endpoints announce, caches listen;
/// what carries the word to other replicas listens too.
/// </summary>
internal sealed class AccountChanges
{
    /// <summary>Raised on the thread of whoever announces.</summary>
    public event Action<AccountId>? Changed;

    /// <summary>Raised for changes of this replica only: what other replicas must be told.</summary>
    public event Action<AccountId>? ChangedHere;

    /// <summary>Raised where changes of other replicas may have gone unheard: whatever is kept may be out of date.</summary>
    public event Action? Missed;

    /// <summary>A change that was made here and is stored.</summary>
    public void Announce(AccountId account)
    {
        Changed?.Invoke(account);
        ChangedHere?.Invoke(account);
    }

    /// <summary>A change that another replica announced.</summary>
    public void Hear(AccountId account) => Changed?.Invoke(account);

    /// <summary>Nobody can say what other replicas announced meanwhile.</summary>
    public void Miss() => Missed?.Invoke();
}
