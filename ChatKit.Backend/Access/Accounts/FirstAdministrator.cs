using ChatKit.Data.Users;
using ChatKit.ServiceDefaults.Hosting;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace ChatKit.Backend.Access.Accounts;

/// <summary>
/// The account of <c>ADMIN_EMAIL</c>, there from the first start, and at each later one as the environment says: an administrator, let in, with
/// <c>ADMIN_PASSWORD</c>. So whoever can set the environment can always get in.
/// </summary>
internal sealed partial class FirstAdministrator(IServiceScopeFactory scopes, IConfiguration configuration, ILogger<FirstAdministrator> logger) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (configuration["ADMIN_EMAIL"]?.Trim() is not { Length: > 0 } email)
            return;
        try
        {
            await EnsureAsync(email, configuration["ADMIN_PASSWORD"]!);
        }
        catch (DbUpdateException)
        {
            // Another replica started at the same time, and made it first.
            await EnsureAsync(email, configuration["ADMIN_PASSWORD"]!);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task EnsureAsync(string email, string password)
    {
        await using var scope = scopes.CreateAsyncScope();
        var accounts = scope.ServiceProvider.GetRequiredService<AccountDirectory>();
        var hasher = scope.ServiceProvider.GetRequiredService<IPasswordHasher<AccountRow>>();
        if (await accounts.FindByEmailAsync(email) is not { } row)
        {
            Check(await accounts.CreateAsync(new NewAccount(email, password, Administrator: true)));
            Log.Created(logger, email);
            return;
        }

        var same = row.PasswordHash is { } hash && hasher.VerifyHashedPassword(row, hash, password) != PasswordVerificationResult.Failed;
        if (same && row is { IsAdministrator: true, DisabledAt: null })
            return;
        Check(await accounts.ChangeAsync(row, new AccountChange(Password: same ? null : password, Administrator: true, Disabled: false)));
        Log.Renewed(logger, email);
    }

    private static void Check(Outcome<AccountRow> outcome)
    {
        if (outcome.IsProblem(out var problem, out _))
            throw new StartupException($"the account of ADMIN_EMAIL cannot be made: {problem.ProblemDetails.Detail}");
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "Administrator {Email} was created")]
        public static partial void Created(ILogger logger, string email);

        [LoggerMessage(LogLevel.Information, "Administrator {Email} is again as the environment says")]
        public static partial void Renewed(ILogger logger, string email);
    }
}
