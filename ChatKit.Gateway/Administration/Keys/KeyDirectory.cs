using ChatKit.Data.Gateway.Keys;
using ChatKit.Data.Gateway.Spend;
using ChatKit.Gateway.Administration.Directory;
using ChatKit.Gateway.Errors;
using ChatKit.Gateway.Model;
using ChatKit.Gateway.Model.Accounts;
using ChatKit.Gateway.Wire.Json;
using ChatKit.Gateway.Wire.LiteLlm.Keys;
using Microsoft.EntityFrameworkCore;

namespace ChatKit.Gateway.Administration.Keys;

/// <summary>Makes, changes, blocks and deletes virtual keys.</summary>
internal sealed class KeyDirectory(AdminDatabase database, SnapshotHolder snapshots, TimeProvider time)
{
    internal const string Subject = "key";

    /// <summary>A new key. Its text is in the answer, and nowhere else.</summary>
    public ValueTask<Outcome<KeyWire>> GenerateAsync(RequestFields body, Caller by, CancellationToken cancellationToken) =>
        database.ChangeAsync<KeyWire>(by, change => GenerateAsync(change, body, cancellationToken), cancellationToken);

    /// <summary>The same, as a part of something else that is being made.</summary>
    public async Task<Outcome<KeyWire>> GenerateAsync(PendingChange change, RequestFields body, CancellationToken cancellationToken)
    {
        var (now, settings) = (time.GetUtcNow().UtcDateTime, snapshots.Current.Settings);
        var text = KeyText.Read(body, "key", settings) ?? NewKey.Make();
        var key = new VirtualKeyRow { Token = KeyHash.Of(text).ToString(), Name = NewKey.NameOf(text), CreatedAt = now, UpdatedAt = now, CreatedBy = change.Author, UpdatedBy = change.Author };
        KeyFields.Apply(body, key, now);
        // Whoever makes a key without saying for whom makes it for themselves; for a team, it is the team's.
        if (!change.By.IsAdministrator && key.TeamId is null) key.UserId ??= change.By.UserId;
        KeyRules.Fill(settings.Keys, body, key, now);
        KeyRules.Check(settings.Keys.UpperBounds, body, key, now);
        var spent = body.Dollars("spend");
        if (KeyGenerationRules.Refuse(settings.Keys.Generation, body, key, change.By) is { } restricted) return restricted;
        if (await CheckAsync(change, body, key, cancellationToken) is { } problem) return problem;
        if (await change.Rows.Keys.IgnoreQueryFilters().AnyAsync(other => other.Token == key.Token, cancellationToken)) return RequestErrors.Exists("key", "Key", key.Name);

        change.Rows.Keys.Add(key);
        if (spent > 0) change.Rows.AccountSpend.AddRange(Spent(key, spent.Value, now));
        await change.Rows.SaveChangesAsync(cancellationToken);
        var answer = await KeyReader.DescribeAsync(change.Rows, key, now, cancellationToken);
        change.Announce(AccountKind.Key, key.Token);
        change.Record("created", Subject, key.Token, null, KeyReader.Text(answer));
        return answer with { Key = text };
    }

    /// <summary>Changes what the request names, and nothing else.</summary>
    public ValueTask<Outcome<KeyWire>> UpdateAsync(RequestFields body, Caller by, CancellationToken cancellationToken) => ChangeAsync(
        body,
        by,
        "updated",
        async (change, key, now) =>
        {
            KeyFields.Apply(body, key, now);
            KeyRules.Check(snapshots.Current.Settings.Keys.UpperBounds, body, key, now);
            if (body.Has("spend")) body.Wrong<string>("spend", "follows from the spend log and cannot be set; give a new max_budget");
            return await CheckAsync(change, body, key, cancellationToken);
        },
        cancellationToken);

    public ValueTask<Outcome<KeyWire>> BlockAsync(RequestFields body, Caller by, bool isBlocked, CancellationToken cancellationToken) => ChangeAsync(
        body,
        by,
        isBlocked ? "blocked" : "unblocked",
        (_, key, _) =>
        {
            key.Blocked = isBlocked;
            return Task.FromResult<GatewayError?>(null);
        },
        cancellationToken);

    /// <summary>By key, hash or alias; all of them, or none.</summary>
    public ValueTask<Outcome<KeysDeletedWire>> DeleteAsync(RequestFields body, Caller by, CancellationToken cancellationToken) => database.ChangeAsync<KeysDeletedWire>(
        by,
        async change =>
        {
            var (keys, aliases) = (body.Texts("keys") ?? [], body.Texts("key_aliases") ?? []);
            if (keys.Count + aliases.Count == 0) body.Wrong<string>("keys", "is required, or key_aliases");
            if (RequestErrors.Of(body) is { } problem) return problem;
            var (tokens, names) = (keys.Select(NewKey.TokenOf).ToArray(), aliases.ToArray());
            var rows = await change.Rows.Keys.Where(key => EF.Parameter(tokens).Contains(key.Token) || EF.Parameter(names).Contains(key.Alias!)).ToListAsync(cancellationToken);
            if (Array.FindIndex(tokens, token => !rows.Exists(key => key.Token == token)) is >= 0 and var missing) return RequestErrors.NotFound("keys", "Key", KeyText.Show(keys[missing]));
            if (Array.Find(names, name => !rows.Exists(key => key.Alias == name)) is { } unknown) return RequestErrors.NotFound("key_aliases", "Key", unknown);
            foreach (var key in rows)
            {
                if (await KeyRights.RefuseChangeAsync(change, key, cancellationToken) is { } refused) return refused;
                change.Announce(AccountKind.Key, key.Token);
                change.Record("deleted", Subject, key.Token, KeyReader.Text(await KeyReader.DescribeAsync(change.Rows, key, time.GetUtcNow().UtcDateTime, cancellationToken)), null);
            }

            change.Rows.Keys.RemoveRange(rows);
            // What the request called them by, but no key that somebody could read over a shoulder.
            return new KeysDeletedWire([.. keys.Select(KeyText.Show), .. aliases]);
        },
        cancellationToken);

    private ValueTask<Outcome<KeyWire>> ChangeAsync(
        RequestFields body, Caller by, string action, Func<PendingChange, VirtualKeyRow, DateTime, Task<GatewayError?>> apply, CancellationToken cancellationToken) => database.ChangeAsync<KeyWire>(
        by,
        async change =>
        {
            var (named, now) = (body.RequiredText("key"), time.GetUtcNow().UtcDateTime);
            if (RequestErrors.Of(body) is { } unnamed) return unnamed;
            if (await change.Rows.Keys.FindAsync([NewKey.TokenOf(named)], cancellationToken) is not { } key) return RequestErrors.NotFound("key", "Key", KeyText.Show(named));
            if (await KeyRights.RefuseChangeAsync(change, key, cancellationToken) is { } refused) return refused;
            var before = await KeyReader.DescribeAsync(change.Rows, key, now, cancellationToken);
            if ((await apply(change, key, now) ?? RequestErrors.Of(body) ?? KeyRights.RefuseUnblocking(by, before.Blocked, key)) is { } problem) return problem;
            (key.UpdatedAt, key.UpdatedBy) = (now, change.Author);
            var after = await KeyReader.DescribeAsync(change.Rows, key, now, cancellationToken);
            change.Announce(AccountKind.Key, key.Token);
            change.Record(action, Subject, key.Token, KeyReader.Text(before), KeyReader.Text(after));
            return after;
        },
        cancellationToken);

    private async Task<GatewayError?> CheckAsync(PendingChange change, RequestFields body, VirtualKeyRow key, CancellationToken cancellationToken)
    {
        if (RequestErrors.Of(body) is { } wrong) return wrong;
        if (await KeyRights.RefuseOwnerAsync(change, key, snapshots.Current.Settings.Keys.Generation, cancellationToken) is { } refused) return refused;
        if (await NamedBudget.CheckAsync(change, body, cancellationToken) is { } unknown) return unknown;
        return key.Alias is { } alias && await change.Rows.Keys.AnyAsync(other => other.Alias == alias && other.Token != key.Token, cancellationToken)
            ? RequestErrors.Exists("key_alias", "Key", alias)
            : null;
    }

    /// <summary>A sum from elsewhere that a new key starts with: of all times, and of the period that runs.</summary>
    private static IEnumerable<AccountSpendRow> Spent(VirtualKeyRow key, long nanos, DateTime now) =>
        from start in new[] { DateTime.UnixEpoch, Allowances.PeriodOf(key).WindowAt(now).Start }.Distinct()
        select new AccountSpendRow { Kind = nameof(AccountKind.Key), Id = key.Token, WindowStart = start, Spend = nanos, UpdatedAt = now };
}
