using ChatKit.Gateway.Model.Accounts;

namespace ChatKit.Gateway.Spend.Writing;

/// <summary>
/// What a batch of settlements adds to the sums: of days, and of accounts. Every sum once, in one order, the same on every replica: whoever writes them takes the
/// rows' locks in that order, so no two writers can wait for each other.
/// </summary>
internal sealed class SpendBatch
{
    private readonly SortedDictionary<DailyKey, DailySum> _days = [];
    private readonly SortedDictionary<AccountKey, long> _accounts = [];

    public IReadOnlyCollection<KeyValuePair<DailyKey, DailySum>> Days => _days;

    public IReadOnlyCollection<KeyValuePair<AccountKey, long>> Accounts => _accounts;

    public void Add(SpendRecord record)
    {
        var day = DateOnly.FromDateTime(record.StartedAt);
        foreach (var account in SpendAccounts.Summed(record))
            AddDay(new DailyKey(account.Kind.ToString(), account.Id, day, account.Kind is AccountKind.Global ? "" : record.KeyHash, record.Model, record.ModelGroup, record.Provider), record);
        if (record.Cost is not { } cost || cost == 0) return;
        foreach (var account in SpendAccounts.Charged(record)) AddAccount(account.Kind, account.Id, DateTime.UnixEpoch, cost);
        foreach (var period in record.Periods ?? []) AddAccount(period.Kind, period.Id, period.Start, cost);
    }

    private void AddDay(DailyKey key, SpendRecord record)
    {
        if (!_days.TryGetValue(key, out var sum)) _days[key] = sum = new DailySum();
        sum.Add(record);
    }

    private void AddAccount(AccountKind kind, string id, DateTime start, long cost)
    {
        var key = new AccountKey(kind.ToString(), id, start);
        _accounts[key] = _accounts.GetValueOrDefault(key) + cost;
    }
}

/// <summary>A row of the daily sums.</summary>
internal readonly record struct DailyKey(string Kind, string Id, DateOnly Day, string KeyHash, string Model, string ModelGroup, string Provider) : IComparable<DailyKey>
{
    public int CompareTo(DailyKey other)
    {
        var order = string.CompareOrdinal(Kind, other.Kind);
        if (order == 0) order = string.CompareOrdinal(Id, other.Id);
        if (order == 0) order = Day.CompareTo(other.Day);
        if (order == 0) order = string.CompareOrdinal(KeyHash, other.KeyHash);
        if (order == 0) order = string.CompareOrdinal(Model, other.Model);
        if (order == 0) order = string.CompareOrdinal(ModelGroup, other.ModelGroup);
        return order == 0 ? string.CompareOrdinal(Provider, other.Provider) : order;
    }
}

/// <summary>What a batch adds to one.</summary>
internal sealed class DailySum
{
    public long Spend { get; private set; }

    public long PromptTokens { get; private set; }

    public long CompletionTokens { get; private set; }

    public long CacheReadTokens { get; private set; }

    public long CacheCreationTokens { get; private set; }

    public long Requests { get; private set; }

    public long Successful { get; private set; }

    public long Unpriced { get; private set; }

    public void Add(SpendRecord record)
    {
        Spend += record.Cost ?? 0;
        PromptTokens += record.PromptTokens;
        CompletionTokens += record.CompletionTokens;
        CacheReadTokens += record.CacheReadTokens;
        CacheCreationTokens += record.CacheCreationTokens;
        Requests++;
        if (record.Failure is null) Successful++;
        if (record.Cost is null) Unpriced++;
    }
}

/// <summary>A row of what an account spent in a period.</summary>
internal readonly record struct AccountKey(string Kind, string Id, DateTime Start) : IComparable<AccountKey>
{
    public int CompareTo(AccountKey other)
    {
        var order = string.CompareOrdinal(Kind, other.Kind);
        if (order == 0) order = string.CompareOrdinal(Id, other.Id);
        return order == 0 ? Start.CompareTo(other.Start) : order;
    }
}
