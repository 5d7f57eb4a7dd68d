using ChatKit.Data.Users;
using ChatKit.ServiceDefaults.Contract;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace ChatKit.Backend.Access.Accounts;

/// <summary>Accounts on ASP.NET Core Identity, without anything of HTTP: the command line uses them too.</summary>
internal static class AccountServices
{
    /// <summary>What OWASP asks of PBKDF2 with HMAC-SHA512 (https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html#pbkdf2).</summary>
    private const int HashIterations = 210_000;

    public static IServiceCollection AddAccounts(this IServiceCollection services)
    {
        services.AddIdentityCore<AccountRow>(static identity =>
        {
            identity.User.RequireUniqueEmail = true;
            identity.User.AllowedUserNameCharacters = ""; // The name is the address, which has its own validator.
        }).AddEntityFrameworkStores<UsersDbContext>();
        services.Configure<PasswordHasherOptions>(static hasher => hasher.IterationCount = HashIterations);
        services.Replace(ServiceDescriptor.Scoped<IPasswordValidator<AccountRow>, LongPasswords>());
        return services.AddScoped<AccountDirectory>();
    }

    /// <summary>The contract's rule in place of Identity's own.</summary>
    private sealed class LongPasswords : IPasswordValidator<AccountRow>
    {
        public Task<IdentityResult> ValidateAsync(UserManager<AccountRow> manager, AccountRow user, string? password) => Task.FromResult(
            PasswordRule.Problem(password ?? "", user.Email ?? "") is { } problem
                ? IdentityResult.Failed(new IdentityError { Code = "WeakPassword", Description = $"The password {problem}." })
                : IdentityResult.Success);
    }
}
