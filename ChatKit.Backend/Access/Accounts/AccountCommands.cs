using ChatKit.Data.Users;
using ChatKit.ServiceDefaults.Database;
using ChatKit.ServiceDefaults.Hosting;

namespace ChatKit.Backend.Access.Accounts;

/// <summary>What the command line does with accounts: on the database, whether a backend runs or not. What cannot be done is a <see cref="StartupException"/>.</summary>
public sealed class AccountCommands : IAsyncDisposable
{
    private readonly ServiceProvider _services;
    private readonly AsyncServiceScope _scope;

    public AccountCommands(DatabaseTarget database)
    {
        _services = new ServiceCollection().AddLogging().AddSingleton(TimeProvider.System).AddUsersDatabase(database).AddAccounts().BuildServiceProvider();
        _scope = _services.CreateAsyncScope();
    }

    private AccountDirectory Accounts => _scope.ServiceProvider.GetRequiredService<AccountDirectory>();

    /// <summary>Every account in the order of the addresses, each as one line.</summary>
    public async IAsyncEnumerable<string> ListAsync()
    {
        string? after = null;
        do
        {
            var page = await Accounts.ListAsync(AccountDirectory.MaxPage, after, CancellationToken.None);
            foreach (var account in page.Data)
                yield return $"{account.Email}\t{account.Name}{(account.Administrator ? "\tadministrator" : "")}{(account.Disabled ? "\tdisabled" : "")}";
            after = page.After;
        }
        while (after is not null);
    }

    public async Task AddAsync(string email, string password, string? name, bool administrator) =>
        Done(await Accounts.CreateAsync(new NewAccount(email, password, name, administrator)));

    public Task DisableAsync(string email, bool disabled) => ChangeAsync(email, new AccountChange(Disabled: disabled));

    public Task SetPasswordAsync(string email, string password) => ChangeAsync(email, new AccountChange(Password: password));

    public async ValueTask DisposeAsync()
    {
        await _scope.DisposeAsync();
        await _services.DisposeAsync();
    }

    private async Task ChangeAsync(string email, AccountChange change)
    {
        var account = await Accounts.FindByEmailAsync(email) ?? throw new StartupException($"there is no account {email}");
        Done(await Accounts.ChangeAsync(account, change));
    }

    private static void Done(Outcome<AccountRow> outcome)
    {
        if (outcome.IsProblem(out var problem, out _))
            throw new StartupException(problem.ProblemDetails.Detail!);
    }
}
