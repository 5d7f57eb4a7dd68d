using ChatKit.Data.Gateway.Directory;
using ChatKit.Gateway.Administration.Keys;
using ChatKit.Gateway.Errors;
using ChatKit.Gateway.Model;
using ChatKit.Gateway.Model.Accounts;
using ChatKit.Gateway.Wire.Json;
using ChatKit.Gateway.Wire.LiteLlm.Directory;
using Microsoft.EntityFrameworkCore;

namespace ChatKit.Gateway.Administration.Directory;

/// <summary>Makes, changes and deletes users.</summary>
internal sealed class UserDirectory(AdminDatabase database, KeyDirectory keys, SnapshotHolder snapshots, TimeProvider time)
{
    private const string Subject = "user";

    /// <summary>
    /// A new user, in the teams that the request names, else in those that every newcomer gets into; and unless <c>auto_create_key</c> is false a key of theirs, which
    /// this answer tells and nothing else.
    /// </summary>
    public ValueTask<Outcome<NewUserWire>> NewAsync(RequestFields body, Caller by, CancellationToken cancellationToken) => database.ChangeAsync<NewUserWire>(
        by,
        async change =>
        {
            var (id, now, settings) = (body.Id("user_id") ?? Guid.NewGuid().ToString(), time.GetUtcNow().UtcDateTime, snapshots.Current.Settings.Directory);
            var user = new UserRow { Id = id, Role = settings.NewUserRole ?? UserRoles.InternalUser, CreatedAt = now, UpdatedAt = now };
            UserFields.Apply(body, user);
            if (user.Role is UserRoles.InternalUser) user.Models = Newcomers.Fill(settings.InternalUser, user, user.Models);
            if (user.Role is not UserRoles.ProxyAdmin) user.Models = Newcomers.Fill(settings.NewUser, user, user.Models);
            var (teams, getsKey) = (UserTeams.Read(body, settings), body.Flag("auto_create_key") ?? true);
            var keyFields = NewUserKey.Fields(body, id);
            if (RequestErrors.Of(body) is { } problem) return problem;
            if (await change.Rows.Users.AnyAsync(other => other.Id == id, cancellationToken)) return RequestErrors.Exists("user_id", "User", id);
            if (await IsTakenAsync(change, user, cancellationToken)) return RequestErrors.Exists("user_email", "User", user.Email!);

            change.Rows.Users.Add(user);
            if (await UserTeams.JoinAsync(change, id, teams, now, cancellationToken) is { } refused) return refused;
            var answer = (await UserReader.OfAsync(change.Rows, [user], now, cancellationToken)).Fill(new NewUserWire(id) { UserRole = user.Role }, user);
            change.Announce(AccountKind.User, id);
            change.Record("created", Subject, id, null, Text(answer));
            if (!getsKey) return answer;
            await change.Rows.SaveChangesAsync(cancellationToken);
            var (key, unmade) = await keys.GenerateAsync(change, keyFields, cancellationToken);
            return key is null ? unmade! : answer with { Key = key.Key, KeyName = key.KeyName, KeyAlias = key.KeyAlias, Token = key.Token, Expires = key.Expires };
        },
        cancellationToken);

    /// <summary>By <c>user_id</c>, else by <c>user_email</c>. People change their own name and address; the rest is for proxy admins.</summary>
    public ValueTask<Outcome<UserUpdateWire>> UpdateAsync(RequestFields body, Caller by, CancellationToken cancellationToken) => database.ChangeAsync<UserUpdateWire>(
        by,
        async change =>
        {
            var (id, email, now) = (body.Id("user_id"), body.Text("user_email"), time.GetUtcNow().UtcDateTime);
            if (id is null && email is null) body.Wrong<string>("user_id", "or user_email is required");
            if (RequestErrors.Of(body) is { } unnamed) return unnamed;
            var user = id is not null
                ? await change.Rows.Users.FindAsync([id], cancellationToken)
                : await change.Rows.Users.OrderBy(static other => other.CreatedAt).FirstOrDefaultAsync(other => other.Email == email, cancellationToken);
            if (!by.IsAdministrator && (user is null || user.Id != by.UserId)) return RequestErrors.NotYours("this user");
            if (user is null) return RequestErrors.NotFound(id is null ? "user_email" : "user_id", "User", (id ?? email)!);
            if (!by.IsAdministrator && UserFields.Beyond(body) is { } member) return RequestErrors.Forbidden(member, "only proxy admins may change this");

            var reader = await UserReader.OfAsync(change.Rows, [user], now, cancellationToken);
            var before = Text(reader.Describe(user));
            UserFields.Apply(body, user);
            if (RequestErrors.Of(body) is { } problem) return problem;
            if (await IsTakenAsync(change, user, cancellationToken)) return RequestErrors.Exists("user_email", "User", user.Email!);
            user.UpdatedAt = now;
            var after = reader.Describe(user);
            change.Announce(AccountKind.User, user.Id);
            change.Record("updated", Subject, user.Id, before, Text(after));
            return new UserUpdateWire(user.Id, after);
        },
        cancellationToken);

    /// <summary>Deletes users, their places in teams, and their keys. Returns how many.</summary>
    public ValueTask<Outcome<object>> DeleteAsync(RequestFields body, Caller by, CancellationToken cancellationToken) => database.ChangeAsync<object>(
        by,
        async change =>
        {
            var (ids, now) = (body.RequiredTexts("user_ids").Distinct().ToArray(), time.GetUtcNow().UtcDateTime);
            if (RequestErrors.Of(body) is { } problem) return problem;
            var users = await change.Rows.Users.Where(user => EF.Parameter(ids).Contains(user.Id)).ToListAsync(cancellationToken);
            if (Array.Find(ids, id => !users.Exists(user => user.Id == id)) is { } missing) return RequestErrors.NotFound("user_id", "User", missing);

            var reader = await UserReader.OfAsync(change.Rows, users, now, cancellationToken);
            foreach (var user in users)
            {
                change.Announce(AccountKind.User, user.Id);
                change.Record("deleted", Subject, user.Id, Text(reader.Describe(user)), null);
            }

            await OwnedKeys.DeleteAsync(change, key => EF.Parameter(ids).Contains(key.UserId!), cancellationToken);
            await change.Rows.TeamMembers.Where(member => EF.Parameter(ids).Contains(member.UserId)).ExecuteDeleteAsync(cancellationToken);
            change.Rows.Users.RemoveRange(users);
            return new Outcome<object>(users.Count, null);
        },
        cancellationToken);

    /// <summary>An address is one person's.</summary>
    private static async Task<bool> IsTakenAsync(PendingChange change, UserRow user, CancellationToken cancellationToken)
    {
        if (user.Email is not { Length: > 0 } email) return false;
        var pattern = SearchPattern.Exactly(email);
        return await change.Rows.Users.AnyAsync(other => other.Id != user.Id && other.Email != null && EF.Functions.Like(other.Email.ToLower(), pattern, SearchPattern.Escape), cancellationToken);
    }

    private static string Text(UserWire user) => DirectoryText.Of(user, DirectoryJson.Default.UserWire);
}
