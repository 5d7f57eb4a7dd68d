using ChatKit.ServiceDefaults.Database;
using ChatKit.Testing.Databases;
using ChatKit.Testing.Upstream;
using Xunit;

namespace ChatKit.Worker.Tests.Jobs.ThreadTitle;

public sealed class ThreadTitleJobTests
{
    [SkippableTheory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.PostgreSql)]
    public async Task An_outbox_row_becomes_a_title(DatabaseKind kind)
    {
        await using var database = await TempDatabase.CreateMigratedAsync(kind);
        await using var gateway = await FakeUpstream.StartAsync();
        gateway.Always = OpenAiReplies.Text("\"Why the Sky Is Blue.\"");
        await using var worker = await TestWorker.StartAsync(database, gateway);

        await database.AddThreadAsync("thr_1", "Why is the sky blue?", answer: "Rayleigh scattering.");
        var job = await database.CompletedAsync("thr_1");

        var thread = await database.ThreadAsync("thr_1");
        Assert.Equal(("Why the Sky Is Blue", null), (thread.GeneratedTitle, thread.Title));
        Assert.Equal((1, null, null), (job.Attempts, job.DeadAt, job.LastError));
        Assert.True(job.CreatedAt <= job.EnqueuedAt && job.EnqueuedAt <= job.CompletedAt);
        Assert.Equal("user", Assert.Single(gateway.Requests).Headers["x-litellm-end-user-id"]);
        var request = Assert.Single(gateway.Requests).Json;
        Assert.Equal("gpt-4o", request.GetProperty("model").GetString());
        Assert.Equal(
            "<user>Why is the sky blue?</user>\n<assistant>Rayleigh scattering.</assistant>",
            request.GetProperty("messages")[1].GetProperty("content").GetString());
    }

    [Fact]
    public async Task Without_an_answer_yet_the_question_is_enough()
    {
        await using var database = await TempDatabase.CreateMigratedAsync(DatabaseKind.Sqlite);
        await using var gateway = await FakeUpstream.StartAsync();
        await using var worker = await TestWorker.StartAsync(database, gateway);

        await database.AddThreadAsync("thr_1", new string('x', 5000));
        await database.CompletedAsync("thr_1");

        var quoted = Assert.Single(gateway.Requests).Json.GetProperty("messages")[1].GetProperty("content").GetString()!;
        Assert.StartsWith("<user>xxx", quoted, StringComparison.Ordinal);
        Assert.InRange(quoted.Length, 2000, 2020);
    }

    [Theory]
    [InlineData("The sky is blue because molecules in the air scatter blue light from the sun more than they scatter red light.")]
    [InlineData("")]
    public async Task A_model_that_gives_no_title_leaves_the_users_own_words(string answer)
    {
        await using var database = await TempDatabase.CreateMigratedAsync(DatabaseKind.Sqlite);
        await using var gateway = await FakeUpstream.StartAsync();
        gateway.Always = OpenAiReplies.Text(answer);
        await using var worker = await TestWorker.StartAsync(database, gateway);

        await database.AddThreadAsync("thr_1", "Why is the sky blue?");
        await database.CompletedAsync("thr_1");

        Assert.Equal("Why is the sky blue?", (await database.ThreadAsync("thr_1")).GeneratedTitle);
    }

    [Fact]
    public async Task The_demo_model_is_not_asked()
    {
        await using var database = await TempDatabase.CreateMigratedAsync(DatabaseKind.Sqlite);
        await using var gateway = await FakeUpstream.StartAsync();
        await using var worker = await TestWorker.StartAsync(database, gateway);

        await database.AddThreadAsync("thr_1", "Tell me about Rayleigh scattering and the colour of the sky", model: "demo");
        await database.CompletedAsync("thr_1");

        Assert.Equal("Tell me about Rayleigh scattering and…", (await database.ThreadAsync("thr_1")).GeneratedTitle);
        Assert.Empty(gateway.Requests);
    }

    [Theory]
    [InlineData("DELETE FROM threads", "deleted")]
    [InlineData("UPDATE threads SET title = 'Mine'", "named by its user")]
    [InlineData("UPDATE threads SET generated_title = 'Old'", "titled by an attempt that did not get to say so")]
    [InlineData("UPDATE items SET body = '{\"type\":\"user_message\",\"content\":[],\"inference_options\":{}}'", "without a word")]
    public async Task A_thread_that_needs_no_title_ends_its_job_without_a_call(string change, string meaning)
    {
        await using var database = await TempDatabase.CreateMigratedAsync(DatabaseKind.Sqlite);
        await using var gateway = await FakeUpstream.StartAsync();
        await database.AddThreadAsync("thr_1");
        await database.ExecuteAsync(change.Replace("{", "{{", StringComparison.Ordinal).Replace("}", "}}", StringComparison.Ordinal));

        await using var worker = await TestWorker.StartAsync(database, gateway);
        var job = await database.CompletedAsync("thr_1");

        Assert.True(gateway.Requests.Count == 0 && job.Attempts == 1, meaning);
    }

    [Fact]
    public async Task A_title_that_comes_while_the_model_thinks_is_not_overwritten()
    {
        await using var database = await TempDatabase.CreateMigratedAsync(DatabaseKind.Sqlite);
        await using var gateway = await FakeUpstream.StartAsync();
        gateway.Always = async (request, http) =>
        {
            await database.ExecuteAsync("UPDATE threads SET title = 'Mine'");
            await OpenAiReplies.Text("Theirs")(request, http);
        };
        await using var worker = await TestWorker.StartAsync(database, gateway);

        await database.AddThreadAsync("thr_1");
        await database.CompletedAsync("thr_1");

        var thread = await database.ThreadAsync("thr_1");
        Assert.Equal(("Mine", null), (thread.Title, thread.GeneratedTitle));
    }
}
