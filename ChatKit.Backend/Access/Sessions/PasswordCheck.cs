using ChatKit.Data.Users;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace ChatKit.Backend.Access.Sessions;

/// <summary>
/// Whether an address and a password belong together. After a few failures in a row the account waits; an attempt is counted before it is judged, so guesses
/// at the same time count too. Whoever guesses learns nothing from the answer: unknown, wrong, waiting and disabled are one, and take equally long.
/// </summary>
internal sealed class PasswordCheck(UsersDbContext database, IPasswordHasher<AccountRow> hasher, ILookupNormalizer normalizer, TimeProvider time)
{
    public const int Attempts = 5;

    public const string Refusal = "The e-mail address or the password is not right, or there were too many attempts. After five, wait five minutes.";

    public static readonly TimeSpan Wait = TimeSpan.FromMinutes(5);

    /// <summary>Of no password that anybody has: judged where there is no account, for the time that takes.</summary>
    private static string? _nobodys;

    /// <summary>Null where they do not, or the account may not be used now.</summary>
    public async Task<AccountRow?> FindAsync(string email, string password, CancellationToken cancel)
    {
        var address = normalizer.NormalizeEmail(email.Trim());
        var account = await database.Users.AsNoTracking().SingleOrDefaultAsync(row => row.NormalizedEmail == address, cancel);
        var counted = account is not null && await CountAsync(account.Id, cancel);
        var hash = account?.PasswordHash ?? (_nobodys ??= hasher.HashPassword(null!, Guid.NewGuid().ToString()));
        var judged = hasher.VerifyHashedPassword(account!, hash, password);
        if (account is null || !counted || judged == PasswordVerificationResult.Failed)
            return null;
        await database.Users.Where(row => row.Id == account.Id)
            .ExecuteUpdateAsync(row => row.SetProperty(r => r.AccessFailedCount, 0).SetProperty(r => r.LockoutEnd, (DateTimeOffset?)null), cancel);
        return account.DisabledAt is null ? account : null;
    }

    /// <summary>False where the account waits. The last attempt closes the door behind itself; a right password opens it again.</summary>
    private async Task<bool> CountAsync(string id, CancellationToken cancel)
    {
        var (now, until) = (time.GetUtcNow(), (DateTimeOffset?)(time.GetUtcNow() + Wait));
        return await database.Users.Where(row => row.Id == id && (row.LockoutEnd == null || row.LockoutEnd <= now)).ExecuteUpdateAsync(
            row => row
                .SetProperty(r => r.LockoutEnd, r => r.AccessFailedCount + 1 >= Attempts ? until : null)
                .SetProperty(r => r.AccessFailedCount, r => r.AccessFailedCount + 1 >= Attempts ? 0 : r.AccessFailedCount + 1),
            cancel) == 1;
    }
}
