using ChatKit.Gateway.Model.Accounts;

namespace ChatKit.Gateway.Redis;

/// <summary>Carries the word that something about an account was changed from the replica where it was to all others.</summary>
internal sealed class AccountNews : IHostedService
{
    private const string Topic = "accounts";

    private readonly AccountChanges _changes;
    private readonly ReplicaNews _news;

    public AccountNews(AccountChanges changes, ReplicaNews news)
    {
        (_changes, _news) = (changes, news);
        news.Listen(Topic, Hear, changes.Miss);
        changes.ChangedHere += Tell;
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken)
    {
        _changes.ChangedHere -= Tell;
        return Task.CompletedTask;
    }

    private void Tell(AccountId account) => _news.Tell(Topic, account.ToString());

    private void Hear(string text)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        // What another version calls otherwise may be anything.
        if (colon > 0 && Enum.TryParse<AccountKind>(text.AsSpan(0, colon), out var kind)) _changes.Hear(new AccountId(kind, text[(colon + 1)..]));
        else _changes.Miss();
    }
}
