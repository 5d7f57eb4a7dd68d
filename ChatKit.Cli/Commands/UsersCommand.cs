using System.CommandLine;
using System.Data.Common;
using ChatKit.Backend.Access.Accounts;
using ChatKit.ServiceDefaults.Database;
using ChatKit.ServiceDefaults.Hosting;

namespace ChatKit.Cli.Commands;

/// <summary>
/// <c>chatkit users add|list|disable|enable|password</c>: accounts from the machine itself. A password is read from standard input and never from the command
/// line, which other people of the machine can see.
/// </summary>
internal static class UsersCommand
{
    public static Command Create()
    {
        var email = new Argument<string>("email") { Description = "The account's e-mail address." };
        var name = new Option<string?>("--name") { Description = "How the page addresses the person." };
        var administrator = new Option<bool>("--administrator") { Description = "May manage accounts." };
        var add = new Command("add", "Make an account; its password is the first line of standard input.") { email, name, administrator };
        add.SetAction((arguments, _) => OnAccounts(async accounts =>
            await accounts.AddAsync(arguments.GetValue(email)!, await PasswordAsync(), arguments.GetValue(name), arguments.GetValue(administrator))));
        var list = new Command("list", "List the accounts.");
        list.SetAction((_, _) => OnAccounts(ListAsync));
        var disable = new Command("disable", "Let an account in no more, and end its sessions.") { email };
        disable.SetAction((arguments, _) => OnAccounts(accounts => accounts.DisableAsync(arguments.GetValue(email)!, disabled: true)));
        var enable = new Command("enable", "Let an account in again.") { email };
        enable.SetAction((arguments, _) => OnAccounts(accounts => accounts.DisableAsync(arguments.GetValue(email)!, disabled: false)));
        var password = new Command("password", "Give an account a new password, the first line of standard input, and end its sessions.") { email };
        password.SetAction((arguments, _) => OnAccounts(async accounts => await accounts.SetPasswordAsync(arguments.GetValue(email)!, await PasswordAsync())));
        return new Command("users", "Manage the accounts in the database of DATABASE_URL.") { add, list, disable, enable, password };
    }

    private static Task<int> OnAccounts(Func<AccountCommands, Task> work) => Refusal.OrResultOf(async () =>
    {
        if (!DatabaseTarget.TryResolve(CliConfiguration.Load(), out var database, out var problem))
            throw new StartupException(problem);
        await using var accounts = new AccountCommands(database);
        try
        {
            await work(accounts);
        }
        catch (Exception failure) when (failure is DbException or { InnerException: DbException })
        {
            throw new StartupException($"the accounts of {DatabaseTarget.Variable} cannot be reached (`chatkit migrate` makes the tables): {(failure as DbException ?? failure.InnerException)!.Message}", failure);
        }

        return 0;
    });

    private static async Task ListAsync(AccountCommands accounts)
    {
        await foreach (var line in accounts.ListAsync())
            await Console.Out.WriteLineAsync(line);
    }

    private static async Task<string> PasswordAsync()
    {
        if (!Console.IsInputRedirected)
            await Console.Error.WriteAsync("Password: ");
        return await Console.In.ReadLineAsync() ?? "";
    }
}
