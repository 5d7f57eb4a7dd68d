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
        gateway.Always = OpenAiReplies.Text("Why the Sky Is Blue");
        await using var worker = await TestWorker.StartAsync(database, gateway);

        await database.AddThreadAsync("thr_1", "Why is the sky blue?", answer: "Rayleigh scattering.");
        var job = await database.CompletedAsync("thr_1");

        var thread = await database.ThreadAsync("thr_1");
        Assert.Equal(("Why the Sky Is Blue", null), (thread.GeneratedTitle, thread.Title));
        Assert.Equal((1, null, null), (job.Attempts, job.DeadAt, job.LastError));
        Assert.True(job.CreatedAt <= job.EnqueuedAt && job.EnqueuedAt <= job.CompletedAt);
        var request = Assert.Single(gateway.Requests).Json;
        Assert.Equal("gpt-4o", request.GetProperty("model").GetString());
        Assert.Equal(
            "<user>Why is the sky blue?</user>\n<assistant>Rayleigh scattering.</assistant>",
            request.GetProperty("messages")[1].GetProperty("content").GetString());
    }
}
