using ChatKit.Backend.Protocol;
using ChatKit.Data.Users;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace ChatKit.Backend.Access.Accounts;

/// <summary>The accounts, for those who manage them. There is always an administrator who can sign in, once there was one.</summary>
internal sealed class AccountDirectory(UserManager<AccountRow> users, UsersDbContext database, TimeProvider time)
{
    public const int MaxPage = 500;

    /// <summary>In the order of their addresses.</summary>
    public async Task<AccountPage> ListAsync(int limit, string? after, CancellationToken cancel)
    {
        var cursor = after is null ? "" : users.NormalizeEmail(after);
        var rows = await database.Users.AsNoTracking()
            .Where(account => string.Compare(account.NormalizedEmail, cursor) > 0)
            .OrderBy(account => account.NormalizedEmail)
            .Take(limit + 1)
            .ToListAsync(cancel);
        var shown = rows.Take(limit).Select(Account.Of).ToList();
        return new AccountPage(shown, rows.Count > limit, rows.Count > limit ? shown[^1].Email : null);
    }

    public Task<AccountRow?> FindAsync(string id) => users.FindByIdAsync(id);

    public Task<AccountRow?> FindByEmailAsync(string email) => users.FindByEmailAsync(email.Trim());

    public async Task<Outcome<AccountRow>> CreateAsync(NewAccount asked)
    {
        var email = asked.Email.Trim();
        var row = new AccountRow
        {
            Id = Ids.Account(),
            UserName = email,
            Email = email,
            DisplayName = NameOr(asked.Name, email),
            IsAdministrator = asked.Administrator,
            CreatedAt = time.GetUtcNow().UtcDateTime,
        };
        return Refusal(await users.CreateAsync(row, asked.Password)) is { } refusal ? refusal : row;
    }

    /// <summary>A new password, and being disabled, end every session of the account.</summary>
    public async Task<Outcome<AccountRow>> ChangeAsync(AccountRow row, AccountChange change)
    {
        if (row is { IsAdministrator: true, DisabledAt: null } && (change.Administrator is false || change.Disabled is true) && await IsLastAsync(row))
            return Problems.Conflict("This is the last administrator who can sign in.");
        if (change.Password is { } password && await SetPasswordAsync(row, password) is { } weak)
            return weak;
        row.DisplayName = change.Name is null ? row.DisplayName : NameOr(change.Name, row.Email!);
        row.IsAdministrator = change.Administrator ?? row.IsAdministrator;
        if (change.Disabled is { } disabled)
            row.DisabledAt = disabled ? row.DisabledAt ?? time.GetUtcNow().UtcDateTime : null;
        return Refusal(change.Disabled is true ? await users.UpdateSecurityStampAsync(row) : await users.UpdateAsync(row)) is { } refusal ? refusal : row;
    }

    /// <summary>Of an account that is disabled, and so is not the last administrator's.</summary>
    public async Task<ProblemHttpResult?> DeleteAsync(AccountRow row) => Refusal(await users.DeleteAsync(row));

    private async Task<ProblemHttpResult?> SetPasswordAsync(AccountRow row, string password)
    {
        foreach (var validator in users.PasswordValidators)
        {
            if (Refusal(await validator.ValidateAsync(users, row, password)) is { } weak)
                return weak;
        }

        row.PasswordHash = users.PasswordHasher.HashPassword(row, password);
        (row.AccessFailedCount, row.LockoutEnd) = (0, null);
        return Refusal(await users.UpdateSecurityStampAsync(row));
    }

    private async Task<bool> IsLastAsync(AccountRow row) =>
        !await database.Users.AnyAsync(other => other.IsAdministrator && other.DisabledAt == null && other.Id != row.Id);

    private static string NameOr(string? name, string email)
    {
        var shown = new string([.. (name ?? "").Where(character => !char.IsControl(character))]).Trim();
        shown = shown.Length == 0 ? email.Split('@')[0] : shown;
        return shown.Length > 100 ? shown[..100] : shown;
    }

    private static ProblemHttpResult? Refusal(IdentityResult result)
    {
        if (result.Succeeded)
            return null;
        var codes = result.Errors.Select(error => error.Code).ToList();
        if (codes.Contains(nameof(IdentityErrorDescriber.DuplicateEmail)) || codes.Contains(nameof(IdentityErrorDescriber.DuplicateUserName)))
            return Problems.Conflict("There is an account with this e-mail address already.");
        return codes.Contains(nameof(IdentityErrorDescriber.ConcurrencyFailure))
            ? Problems.Conflict("The account was changed by someone else at the same time. Try again.")
            : Problems.Unprocessable(string.Join(' ', result.Errors.Select(error => error.Description).Distinct()));
    }
}
