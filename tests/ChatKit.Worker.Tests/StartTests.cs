using ChatKit.ServiceDefaults.Database;
using ChatKit.ServiceDefaults.Hosting;
using ChatKit.Testing.Databases;
using ChatKit.Testing.Upstream;
using Xunit;

namespace ChatKit.Worker.Tests;

public sealed class StartTests
{
    [Fact]
    public async Task Without_its_variables_the_process_ends_with_every_problem_in_one_sentence()
    {
        await using var worker = WorkerProcess.Start([]);

        Assert.Equal(1, await worker.ExitCodeAsync());
        var sentence = Assert.Single((await worker.Errors).Trim().Split('\n'));
        Assert.StartsWith("error: ", sentence, StringComparison.Ordinal);
        Assert.Contains("DATABASE_URL", sentence, StringComparison.Ordinal);
        Assert.Contains("OPENAI_API_KEY", sentence, StringComparison.Ordinal);
    }

    [SkippableTheory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.PostgreSql)]
    public async Task On_a_database_without_the_schema_it_names_the_command_and_changes_nothing(DatabaseKind kind)
    {
        await using var database = await TempDatabase.CreateAsync(kind);
        await using var gateway = await FakeUpstream.StartAsync();
        await using var worker = WorkerProcess.Start(database, gateway);

        Assert.Equal(1, await worker.ExitCodeAsync());
        Assert.Matches(@"^error: the database lacks \d+ migrations? of this build: run `chatkit migrate`$", (await worker.Errors).Trim());
        Assert.DoesNotContain("StartupException", await worker.Output, StringComparison.Ordinal);
        Assert.False(kind == DatabaseKind.Sqlite && File.Exists(database.Target.FilePath));
    }

    [Fact]
    public async Task A_database_that_cannot_be_reached_is_one_sentence_without_the_password()
    {
        await using var worker = WorkerProcess.Start(
        [
            new("DATABASE_URL", "postgresql://chatkit:hunter2@127.0.0.1:1/chatkit"), new("OPENAI_API_KEY", "sk-something"),
        ]);

        Assert.Equal(1, await worker.ExitCodeAsync());
        var errors = await worker.Errors;
        Assert.StartsWith("error: the database cannot be reached: ", errors, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", errors + await worker.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_second_worker_on_one_sqlite_file_is_refused_while_the_first_lives()
    {
        await using var database = await TempDatabase.CreateMigratedAsync(DatabaseKind.Sqlite);
        await using var gateway = await FakeUpstream.StartAsync();
        await using (await TestWorker.StartAsync(database, gateway))
        {
            var refused = await Assert.ThrowsAsync<StartupException>(() => TestWorker.StartAsync(database, gateway));
            Assert.Contains("SQLite takes one worker", refused.Message, StringComparison.Ordinal);
        }

        await using var next = await TestWorker.StartAsync(database, gateway);
    }
}
