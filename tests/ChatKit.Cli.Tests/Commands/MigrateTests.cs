using Xunit;

namespace ChatKit.Cli.Tests.Commands;

public sealed class MigrateTests : IDisposable
{
    private readonly TempFolder _folder = new();

    [Fact]
    public async Task It_creates_the_file_with_its_folder_and_has_nothing_to_do_the_second_time()
    {
        _folder.With(".env", "DATABASE_URL=sqlite:///./data/chatkit.db");
        var first = await CliProcess.RunAsync(_folder.Root, ["migrate"]);
        var second = await CliProcess.RunAsync(_folder.Root, ["migrate"]);

        Assert.Equal((0, 0), (first.ExitCode, second.ExitCode));
        Assert.StartsWith("Sqlite: applied ", first.Output, StringComparison.Ordinal);
        Assert.Equal("Sqlite: up to date", second.Output);
        Assert.True(File.Exists(_folder.File("data/chatkit.db")));
    }

    [Fact]
    public async Task Any_number_may_migrate_at_the_same_time()
    {
        var results = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ =>
            CliProcess.RunAsync(_folder.Root, ["migrate"], ("DATABASE_URL", "sqlite:///chatkit.db"))));

        Assert.All(results, result => Assert.Equal((0, ""), (result.ExitCode, result.Errors)));
        Assert.Single(results, result => result.Output.Contains("applied", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("", "DATABASE_URL is not set")]
    [InlineData("chatkit.db", "DATABASE_URL has no scheme")]
    [InlineData("sqlite://", "in memory, which ends with this command")]
    [InlineData("sqlite:////proc/chatkit.db", "the SQLite file of DATABASE_URL cannot be used")]
    [InlineData("postgresql://u:hunter2@127.0.0.1:1/chatkit", "the PostgreSQL database of DATABASE_URL cannot be used")]
    public async Task A_database_that_cannot_be_used_is_told_in_one_sentence(string address, string because)
    {
        var result = await CliProcess.RunAsync(_folder.Root, ["migrate"], ("DATABASE_URL", address));

        Assert.Equal((1, ""), (result.ExitCode, result.Output));
        Assert.StartsWith("error: ", result.Errors, StringComparison.Ordinal);
        Assert.Contains(because, result.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', result.Errors);
        Assert.DoesNotContain("hunter2", result.Errors, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();
}
