using ChatKit.Data.Gateway.Keys;
using ChatKit.Gateway.Errors;
using ChatKit.Gateway.Model;
using ChatKit.Gateway.Model.Accounts;
using ChatKit.Gateway.Wire.Json;
using ChatKit.Gateway.Wire.LiteLlm.Keys;
using Microsoft.EntityFrameworkCore;

namespace ChatKit.Gateway.Administration.Keys;

/// <summary>
/// Exchanges a key for a new one that has its place in everything: name, limits, what was spent, what its calls kept. With a <c>grace_period</c> the old one is good for
/// so long beside it, and is charged to the new one.
/// </summary>
internal sealed class KeyRotation(AdminDatabase database, SnapshotHolder snapshots, TimeProvider time)
{
    /// <param name="body">May change the key along the way.</param>
    /// <param name="named">The key that the path names; null where the body does.</param>
    /// <param name="by">Who asks.</param>
    /// <param name="cancellationToken">The client left.</param>
    public ValueTask<Outcome<KeyWire>> RegenerateAsync(RequestFields body, string? named, Caller by, CancellationToken cancellationToken) => database.ChangeAsync<KeyWire>(
        by,
        async change =>
        {
            var (old, settings, now) = (body.Text("key") ?? named, snapshots.Current.Settings, time.GetUtcNow().UtcDateTime);
            if (old is null) body.Wrong<string>("key", "is required");
            var text = KeyText.Read(body, "new_key", settings) ?? NewKey.Make();
            var graceEnd = KeyLifetime.Read(body, "grace_period", now);
            if (RequestErrors.Of(body) is { } problem) return problem;
            if (await change.Rows.Keys.FindAsync([NewKey.TokenOf(old!)], cancellationToken) is not { } key) return RequestErrors.NotFound("key", "Key", KeyText.Show(old!));
            if (await KeyRights.RefuseChangeAsync(change, key, cancellationToken) is { } refused) return refused;
            var token = KeyHash.Of(text).ToString();
            if (await change.Rows.Keys.IgnoreQueryFilters().AnyAsync(other => other.Token == token, cancellationToken)) return RequestErrors.Exists("new_key", "Key", NewKey.NameOf(text));

            var before = KeyReader.Text(await KeyReader.DescribeAsync(change.Rows, key, now, cancellationToken));
            var fresh = Copy(change, key, token, NewKey.NameOf(text));
            KeyFields.Apply(body, fresh, now);
            KeyRules.Check(settings.Keys.UpperBounds, body, fresh, now);
            if ((RequestErrors.Of(body) ?? KeyRights.RefuseUnblocking(by, key.Blocked, fresh) ?? await KeyRights.RefuseOwnerAsync(change, fresh, settings.Keys.Generation, cancellationToken)) is { } wrong) return wrong;
            (fresh.UpdatedAt, fresh.UpdatedBy) = (now, change.Author);
            await ReplaceAsync(change, key, fresh, graceEnd, now, cancellationToken);
            var answer = await KeyReader.DescribeAsync(change.Rows, fresh, now, cancellationToken);
            change.Announce(AccountKind.Key, key.Token);
            change.Announce(AccountKind.Key, token);
            change.Record("rotated", KeyDirectory.Subject, token, before, KeyReader.Text(answer));
            return answer with { Key = text };
        },
        cancellationToken);

    private static VirtualKeyRow Copy(PendingChange change, VirtualKeyRow key, string token, string name)
    {
        var values = change.Rows.Entry(key).CurrentValues.Clone();
        values[nameof(VirtualKeyRow.Token)] = token;
        values[nameof(VirtualKeyRow.Name)] = name;
        return (VirtualKeyRow)values.ToObject();
    }

    private static async Task ReplaceAsync(PendingChange change, VirtualKeyRow old, VirtualKeyRow fresh, DateTime? graceEnd, DateTime now, CancellationToken cancellationToken)
    {
        var rows = change.Rows;
        var (from, to) = (old.Token, fresh.Token);
        rows.Keys.Remove(old);
        await rows.SaveChangesAsync(cancellationToken);
        rows.Keys.Add(fresh);
        if (graceEnd is not null) rows.Keys.Add(new VirtualKeyRow { Token = from, Name = old.Name, Successor = to, ExpiresAt = graceEnd, CreatedAt = old.CreatedAt, UpdatedAt = now });
        await rows.SaveChangesAsync(cancellationToken);

        // Those that stood before it end with it, or have ended long ago.
        await rows.Keys.IgnoreQueryFilters().Where(key => key.Successor == from || (key.Successor != null && key.ExpiresAt < now)).ExecuteDeleteAsync(cancellationToken);
        var (ofKey, ofModels, models) = (nameof(AccountKind.Key), nameof(AccountKind.KeyModel), from + "/");
        await rows.AccountSpend.Where(row => row.Kind == ofKey && row.Id == from).ExecuteUpdateAsync(set => set.SetProperty(row => row.Id, to), cancellationToken);
        await rows.AccountSpend.Where(row => row.Kind == ofModels && row.Id.StartsWith(models)).ExecuteUpdateAsync(set => set.SetProperty(row => row.Id, row => row.Id.Replace(from, to)), cancellationToken);
        var (owner, heir) = (KeyOwner.Of(null, from), KeyOwner.Of(null, to));
        await rows.Responses.Where(response => response.Owner == owner).ExecuteUpdateAsync(set => set.SetProperty(response => response.Owner, heir), cancellationToken);
    }
}
