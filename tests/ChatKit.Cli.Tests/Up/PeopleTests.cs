using System.Net.Http.Headers;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using Xunit;

namespace ChatKit.Cli.Tests.Up;

/// <summary>Two people chat over everything that <c>up</c> starts, and the gateway knows who spent what.</summary>
public sealed class PeopleTests : IDisposable
{
    private const string Database = "sqlite:///./data/chatkit.db";
    private const string MasterKey = "sk-master-of-this-test-0123";

    private static readonly (string, string)[] Environment =
    [
        ("DATABASE_URL", Database), ("ADMIN_EMAIL", "root@example.com"), ("ADMIN_PASSWORD", "correct horse battery"),
        ("LITELLM_MASTER_KEY", MasterKey), ("CHATKIT_USER_BUDGET", "5"), ("CHATKIT_USER_BUDGET_DURATION", "30d"),
    ];

    private readonly TempFolder _folder = new();

    [Fact]
    public async Task The_spend_log_shows_which_person_asked()
    {
        await using var up = await RunningUp.StartAsync(_folder.Root, [], Environment);
        var added = await CliProcess.RunAsync(_folder.Root, "another long sentence", ["users", "add", "ada@example.com", "--name", "Ada"], ("DATABASE_URL", Database));
        Assert.Equal((0, ""), (added.ExitCode, added.Errors));

        var root = await ChatAsync(up, "root@example.com", "correct horse battery");
        var ada = await ChatAsync(up, "ada@example.com", "another long sentence");

        var rows = await SpentAsync(root, ada);
        Assert.All(rows, row => Assert.Equal(row.EndUser, row.User));
        Assert.Equal(2, rows.Select(row => row.Key).Distinct().Count());
    }

    [Fact]
    public async Task Accounts_are_managed_from_the_command_line()
    {
        await CliProcess.RunAsync(_folder.Root, ["migrate"], ("DATABASE_URL", Database));
        Task<CliResult> Users(string input, params string[] arguments) => CliProcess.RunAsync(_folder.Root, input, ["users", .. arguments], ("DATABASE_URL", Database));
        var added = await Users("another long sentence", "add", "ada@example.com", "--administrator");
        var twice = await Users("another long sentence", "add", "ADA@example.com");
        var weak = await Users("ada", "password", "ada@example.com");
        var last = await Users("", "disable", "ada@example.com");
        var second = await Users("another long sentence", "add", "bea@example.com", "--name", "Bea");
        var disabled = await Users("", "disable", "bea@example.com");
        var unknown = await Users("", "enable", "nobody@example.com");
        var list = await Users("", "list");

        Assert.All([added, second, disabled, list], result => Assert.Equal((0, ""), (result.ExitCode, result.Errors)));
        Assert.Equal("error: There is an account with this e-mail address already.", twice.Errors);
        Assert.Equal("error: The password has fewer than 12 characters.", weak.Errors);
        Assert.Equal("error: This is the last administrator who can sign in.", last.Errors);
        Assert.Equal("error: there is no account nobody@example.com", unknown.Errors);
        Assert.Equal("ada@example.com\tada\tadministrator\nbea@example.com\tBea\tdisabled", list.Output);
    }

    [Fact]
    public async Task A_database_without_tables_is_told_in_one_sentence()
    {
        var result = await CliProcess.RunAsync(_folder.Root, ["users", "list"], ("DATABASE_URL", "sqlite:///empty.db"));

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("`chatkit migrate`", result.Errors, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        _folder.Dispose();
    }

    /// <summary>Signs in as a program, sends one message, and says who that was.</summary>
    private static async Task<string> ChatAsync(RunningUp up, string email, string password)
    {
        using var chat = new ChatClient(up.Backend);
        using var tokens = await chat.Http.PostAsync($"{up.Backend}/api/token", ChatClient.Json($$"""{"email":"{{email}}","password":"{{password}}"}"""));
        var token = JsonDocument.Parse(await tokens.Content.ReadAsStringAsync()).RootElement.GetProperty("accessToken").GetString();
        chat.Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        Assert.Contains("thread.item.done", await chat.SendAsync(ChatClient.FirstMessage), StringComparison.Ordinal);
        var session = JsonDocument.Parse(await chat.Http.GetStringAsync($"{up.Backend}/api/session")).RootElement;
        return session.GetProperty("user").GetProperty("id").GetString()!;
    }

    private async Task<List<(string? EndUser, string? User, string Key)>> SpentAsync(params string[] people)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (true)
        {
            var rows = new List<(string? EndUser, string? User, string Key)>();
            await using (var connection = new SqliteConnection($"Data Source={_folder.File("data/chatkit.db")};Mode=ReadOnly"))
            {
                await connection.OpenAsync(patience.Token);
                await using var command = connection.CreateCommand();
                command.CommandText = "SELECT end_user, user_id, key_hash FROM spend_logs WHERE user_id IS NOT NULL";
                await using var reader = await command.ExecuteReaderAsync(patience.Token);
                while (await reader.ReadAsync(patience.Token))
                    rows.Add((reader.IsDBNull(0) ? null : reader.GetString(0), reader.IsDBNull(1) ? null : reader.GetString(1), reader.GetString(2)));
            }

            if (people.All(person => rows.Exists(row => row.EndUser == person)))
                return rows;
            await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System, patience.Token);
        }
    }
}
