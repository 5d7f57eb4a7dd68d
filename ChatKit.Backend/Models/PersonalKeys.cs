using System.Collections.Concurrent;
using System.Text.Json;
using ChatKit.Backend.Access;

namespace ChatKit.Backend.Models;

/// <summary>
/// The key with which each person's calls reach the gateway: their own, so that its spend log, budgets and limits are theirs. Where the gateway keeps no keys
/// (it has no database, or is no gateway of that kind), the backend's own key is used, and the end user's id alone tells whose a call is; but not where people
/// have budgets: then a call without one is not made.
/// </summary>
internal sealed partial class PersonalKeys(IConfiguration configuration, ModelConnection connection, GatewayKeys gateway, TimeProvider time, ILogger<PersonalKeys> logger)
{
    private readonly PersonalKeyRule? _rule = PersonalKeyRule.From(configuration, connection.Endpoint);

    /// <summary>Long enough to cost nothing, and short enough that a key which was deleted at the gateway is made again.</summary>
    private static readonly TimeSpan Trusted = TimeSpan.FromMinutes(10);

    private static readonly TimeSpan TriedAgain = TimeSpan.FromSeconds(30);

    /// <summary>Beyond this, all are looked up again: memory is bounded, and so many people do not chat in ten minutes.</summary>
    private const int MaxKnown = 10_000;

    private readonly ConcurrentDictionary<string, Lazy<Task<Known>>> _known = new(StringComparer.Ordinal);

    /// <summary>Null: the backend's own.</summary>
    public async Task<string?> OfAsync(CurrentUser user, CancellationToken cancel)
    {
        if (_rule is null)
            return null;
        if (_known.Count > MaxKnown)
            _known.Clear();
        var known = await Entry(user).Value.WaitAsync(cancel);
        if (known.Until < time.GetUtcNow())
        {
            Forget(user.Id);
            known = await Entry(user).Value.WaitAsync(cancel);
        }

        if (known.Made)
            return _rule.KeyOf(user.Id);
        return _rule.Budget is null ? null : throw new HttpRequestException("The person's budget cannot be kept: the gateway has no key of theirs.");
    }

    /// <summary>The gateway did not take it: it was deleted there.</summary>
    public void Forget(string userId) => _known.TryRemove(userId, out _);

    private Lazy<Task<Known>> Entry(CurrentUser user) => _known.GetOrAdd(user.Id, id => new Lazy<Task<Known>>(() => MakeAsync(id, user.Name)));

    private async Task<Known> MakeAsync(string userId, string name)
    {
        try
        {
            await gateway.EnsureAsync(_rule!, userId, name == userId ? name : $"{name} ({userId})", CancellationToken.None);
            return new Known(Made: true, time.GetUtcNow() + Trusted);
        }
        catch (Exception failure) when (failure is HttpRequestException or OperationCanceledException or IOException or JsonException)
        {
            Log.NotMade(logger, userId, failure.Message.ReplaceLineEndings(" "));
            return new Known(Made: false, time.GetUtcNow() + TriedAgain);
        }
    }

    private sealed record Known(bool Made, DateTimeOffset Until);

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "{User} has no key of their own at the gateway: {Reason}")]
        public static partial void NotMade(ILogger logger, string user, string reason);
    }
}
