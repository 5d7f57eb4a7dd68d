using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using ChatKit.Gateway.Model;
using ChatKit.Gateway.Model.Accounts;
using ChatKit.Gateway.Spend;

namespace ChatKit.Gateway.Pipeline;

/// <summary>What a call's attempts leave in the spend log: who called, for whom, what it cost.</summary>
internal static class SpendOfCall
{
    private const int MostTags = 32;

    /// <summary>The settlement of one attempt.</summary>
    public static SpendRecord Of(GatewayCall call, Attempt attempt)
    {
        var usage = attempt.Usage.GetValueOrDefault();
        return About(call, attempt.StartedAt.UtcDateTime, (attempt.StartedAt + attempt.Duration).UtcDateTime) with
        {
            RequestId = attempt.Number <= 1 ? call.SpendId : string.Create(CultureInfo.InvariantCulture, $"{call.SpendId}_{attempt.Number}"),
            Cost = attempt.Cost,
            PromptTokens = usage.Input,
            CompletionTokens = usage.Output,
            CacheReadTokens = usage.CacheRead,
            CacheCreationTokens = usage.CacheCreation,
            ReasoningTokens = usage.Reasoning,
            IsEstimated = usage.IsEstimated,
            FirstContentAt = attempt.TimeToFirstToken is { } first ? (attempt.StartedAt + first).UtcDateTime : null,
            Model = Name(attempt.Model),
            ModelId = attempt.Deployment.Id,
            Provider = attempt.Deployment.Provider,
            ApiBase = attempt.Deployment.ShownBase ?? "",
            Periods = Periods(Payers.Of(call, attempt.Deployment), (attempt.StartedAt + attempt.Duration).UtcDateTime),
            Attempt = attempt.Number,
            AttemptKind = attempt.Kind is AttemptKind.First ? null : KindName(attempt.Kind),
            Failure = attempt.Error is { } error ? new SpendFailure(error.Status, error.Type, SpendText.Clean(error.Message, 1_000) ?? "", attempt.ClientLeft) : null,
            Messages = call.Texts?.Question,
            Response = call.Texts?.Answer,
        };
    }

    /// <summary>The settlement of an answer that came out of the cache: it costs nothing, and says so.</summary>
    /// <param name="call">The call.</param>
    /// <param name="deployment">The deployment that answered when the answer was made.</param>
    /// <param name="now">UTC.</param>
    public static SpendRecord OfCacheHit(GatewayCall call, Deployment deployment, DateTime now) => About(call, now, now) with
    {
        Cost = 0,
        CacheHit = true,
        Model = Name(call.Match!.UpstreamModel(deployment)),
        ModelId = deployment.Id,
        Provider = deployment.Provider,
    };

    private static SpendRecord About(GatewayCall call, DateTime startedAt, DateTime endedAt)
    {
        var (caller, headers) = (call.Caller, call.Http.Request.Headers);
        return new SpendRecord
        {
            RequestId = call.SpendId,
            CallType = CallTypes.Of(call.Operation),
            StartedAt = startedAt,
            EndedAt = endedAt,
            Model = "",
            ModelId = "",
            ModelGroup = Name(call.Match?.Group.Name ?? call.ClientModel),
            Provider = "",
            KeyHash = caller?.KeyHash ?? "",
            KeyAlias = caller?.KeyAlias,
            UserId = caller?.UserId,
            TeamId = caller?.TeamId,
            TeamAlias = caller?.TeamAlias,
            OrganizationId = caller?.OrganizationId,
            EndUser = SpendText.Clean(call.EndUser),
            Tags = Tags(call),
            IpAddress = call.IpAddress?.ToString(),
            SessionId = SpendText.Clean(call.SessionId),
            TraceId = Header(headers, "x-litellm-trace-id"),
            ClientMetadata = call.Overrides.SpendMetadata,
            Periods = Periods(call.Accounts, endedAt),
        };
    }

    /// <summary>Of the request and of the key, each once.</summary>
    private static IReadOnlyList<string> Tags(GatewayCall call)
    {
        var (asked, ofKey) = (call.Route?.Tags ?? call.Overrides.Tags, call.Caller?.Tags ?? []);
        if (asked.Count == 0 && ofKey.Count == 0) return [];
        return [.. asked.Concat(ofKey).Select(static tag => SpendText.Clean(tag)).OfType<string>().Distinct(StringComparer.Ordinal).Take(MostTags)];
    }

    /// <summary>The sums of all times follow from the rest of the record; only what has a beginning is said.</summary>
    private static List<ChargedPeriod>? Periods(IReadOnlyList<Account> accounts, DateTime now)
    {
        List<ChargedPeriod>? periods = null;
        foreach (var account in accounts)
        {
            foreach (var budget in account.Budgets)
            {
                var start = budget.Period.WindowAt(now).Start;
                if (start != DateTime.UnixEpoch || account.Id.Kind is AccountKind.KeyModel) (periods ??= []).Add(new ChargedPeriod(account.Id.Kind, account.Id.Id, start));
            }
        }

        return periods;
    }

    [SuppressMessage("Globalization", "CA1308", Justification = "A word of the log's, not of a language.")]
    private static string KindName(AttemptKind kind) => kind.ToString().ToLowerInvariant();

    private static string Name(string text) => SpendText.Clean(text) ?? "";

    private static string? Header(IHeaderDictionary headers, string name) => headers.TryGetValue(name, out var given) && given is [{ } value] ? SpendText.Clean(value) : null;
}
