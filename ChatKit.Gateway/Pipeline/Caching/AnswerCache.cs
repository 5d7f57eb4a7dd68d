using ChatKit.Gateway.Cache;
using ChatKit.Gateway.Cache.Replay;
using ChatKit.Gateway.Cache.Semantic;
using ChatKit.Gateway.Errors;
using ChatKit.Gateway.Model;
using ChatKit.Gateway.Telemetry;
using Microsoft.AspNetCore.Http.Features;

namespace ChatKit.Gateway.Pipeline.Caching;

/// <summary>
/// Stage 6, where a cache is configured: a question that was answered before is answered the same, and nobody is called. What is kept is the provider's answer as it
/// would be relayed, so that whatever watches answers watches these too. Never kept: errors, answers that broke off or were put together, those of a fallback, and
/// those that the Responses API remembers.
/// </summary>
internal sealed class AnswerCache(AnswerStores stores, QuestionEmbedder embedder, AttemptSettlement settlement, TimeProvider time)
{
    /// <summary>Whether the client has its answer now, or what is wrong with what it asked of the cache.</summary>
    public ValueTask<(bool IsAnswered, GatewayError? Error)> TryAnswerAsync(GatewayCall call) =>
        call.Snapshot.Settings.Cache is { } settings && IsEligible(call, settings) ? AskAsync(call, settings) : default;

    /// <summary>Keeps the answer that the client just got to its end.</summary>
    public void Keep(GatewayCall call)
    {
        if (call is not { Cached: { Tape: { IsTooLong: false } tape } visit, LastAttempt: { Error: null, ClientLeft: false } attempt, Route.Fallbacks: 0 } || attempt.Kind is AttemptKind.Continuation) return;
        var response = call.Http.Response;
        if (response.StatusCode != StatusCodes.Status200OK || tape.Taken.IsEmpty || response.ContentType is not { } type) return;
        var kind = type.StartsWith("text/event-stream", StringComparison.Ordinal) ? AnswerKind.Events : type.StartsWith("application/json", StringComparison.Ordinal) ? AnswerKind.Document : AnswerKind.Bytes;
        var now = time.GetUtcNow();
        var answer = new CachedAnswer(kind, type, tape.Taken.ToArray(), now, attempt.Deployment.Id, response.Headers["x-chatkit-losses"].Count > 0 ? response.Headers["x-chatkit-losses"].ToString() : null);
        var (answers, lifetime) = (visit.Answers, visit.Wishes.Lifetime ?? visit.Answers.Settings.Lifetime);
        answers.Store.Keep(visit.Key, answer, lifetime);
        if (visit.Likeness is not { } likeness) return;
        var vector = new KeptVector(visit.Key, likeness.Vector, now.ToUnixTimeMilliseconds());
        answers.Vectors.Add(likeness.Scope, vector);
        answers.Store.KeepVector(likeness.Scope, vector, lifetime);
    }

    private static bool IsEligible(GatewayCall call, CacheSettings settings) =>
        settings.Operations.Contains(call.Operation.Name) && call.Upload is null or { IsWhole: true } && call.Response is null or { IsStored: false, PreviousId: null };

    private async ValueTask<(bool IsAnswered, GatewayError? Error)> AskAsync(GatewayCall call, CacheSettings settings)
    {
        if (CacheWishes.Read(call.Envelope, call.Body.Span, call.Http.Request.Headers, out var wishes) is { } wrong) return (false, wrong);
        if (!(settings.OnByDefault || wishes.UseCache) || wishes is { NoCache: true, NoStore: true }) return default;
        var question = QuestionOf(call, settings);
        var space = wishes.Namespace ?? settings.Namespace;
        var visit = call.Cached = new CacheVisit($"{space}:{QuestionKey.Of(question)}", stores.For(settings), wishes);
        if (!wishes.NoCache && (Serve(call, await visit.Answers.Store.FindAsync(visit.Key)) ?? await FindAlikeAsync(call, question, space)) is { } found)
        {
            visit.IsHit = true;
            Count(call, "hit");
            var (began, since) = (time.GetUtcNow(), time.GetTimestamp());
            var deployment = DeploymentOf(call, found);
            // On the books before the client has it, as every answer.
            await settlement.ChargeHitAsync(call, deployment, began);
            await ReplayedAnswer.WriteAsync(call, found, visit, time);
            settlement.SettleHit(call, new Attempt
            {
                Deployment = deployment,
                Number = 1,
                Kind = AttemptKind.CacheHit,
                StartedAt = began,
                Duration = time.GetElapsedTime(since),
            });
            return (true, null);
        }

        if (!wishes.NoCache) Count(call, "miss");
        if (!wishes.NoStore) TakeDown(call, visit);
        return default;
    }

    /// <summary>The answer of a question that differs in its last words only, and not much.</summary>
    private async ValueTask<CachedAnswer?> FindAlikeAsync(GatewayCall call, Question question, string space)
    {
        var visit = call.Cached!;
        if (visit.Answers.Settings.Semantic is not { } semantic || Wording.Of(call.Body.Span, call.Envelope.Members) is not { } wording) return null;
        if (await embedder.EmbedAsync(call, semantic, wording.Text) is not { } vector) return null;
        var scope = $"{space}:{QuestionKey.OfScope(question, wording)}";
        visit.Likeness = (scope, vector);
        var (store, vectors) = (visit.Answers.Store, visit.Answers.Vectors);
        // A second back: replicas' clocks differ, and what is known already does not count twice.
        foreach (var kept in await store.VectorsAsync(scope, Math.Max(0, vectors.LatestOf(scope) - 1000))) vectors.Add(scope, kept);
        while (vectors.Find(scope, vector, semantic.Threshold) is { } alike)
        {
            if (Serve(call, await store.FindAsync(alike.Key)) is { } found)
            {
                visit.Similarity = alike.Similarity;
                return found;
            }

            vectors.Remove(scope, alike.Key);
        }

        return null;
    }

    /// <summary>The kept answer in the form that this client wants; null where it is too old for it, or has no such form.</summary>
    private CachedAnswer? Serve(GatewayCall call, CachedAnswer? kept)
    {
        if (kept is null || (call.Cached!.Wishes.MaxAge is { } age && time.GetUtcNow() - kept.CreatedAt > age)) return null;
        return Replays.For(call.Operation.Name, kept, call.Envelope.Stream, call.Envelope.IncludeUsage);
    }

    /// <summary>Who gave the answer; where they are gone from the configuration, one of those who would be asked now.</summary>
    private static Deployment DeploymentOf(GatewayCall call, CachedAnswer kept)
    {
        var group = call.Match!.Group;
        return group.Deployments.FirstOrDefault(deployment => deployment.Id == kept.DeploymentId) ?? group.Deployments[0];
    }

    private static Question QuestionOf(GatewayCall call, CacheSettings settings)
    {
        var owner = settings.IsShared ? "" : call.Caller!.KeyHash ?? call.Caller.Name;
        var headers = ForwardedHeaders.Of(call).Select(static header => $"{header.Key}: {header.Value}");
        return new Question(call.Operation.Name, call.Match!.Group.Name, call.ClientModel, owner, [.. headers], call.Body, call.Envelope.Members)
        {
            Attachment = call.Upload?.Digest() ?? [],
        };
    }

    private static void TakeDown(GatewayCall call, CacheVisit visit)
    {
        var features = call.Http.Features;
        visit.Tape = new AnswerTape(features.GetRequiredFeature<IHttpResponseBodyFeature>(), visit.Answers.Settings.MaxEntryBytes);
        features.Set<IHttpResponseBodyFeature>(visit.Tape);
    }

    private static void Count(GatewayCall call, string result) =>
        GatewayInstruments.CacheLookups.Add(1, new(GenAi.ModelGroup, call.Match!.Group.Name), new("chatkit.cache.result", result));
}
