using System.Net;
using System.Text.Json;
using ChatKit.Backend.Tests.Hosting;
using ChatKit.ServiceDefaults.Database;
using ChatKit.ServiceDefaults.Hosting;
using Xunit;

namespace ChatKit.Backend.Tests;

public sealed class StartTests
{
    [Fact]
    public async Task Every_missing_variable_is_told_at_once()
    {
        var refusal = await Assert.ThrowsAsync<StartupException>(() => BackendHost.StartAsync(
            settings: [("DATABASE_URL", ""), ("LITELLM_API_KEY", ""), ("LITELLM_API_BASE", "not an address")]));

        Assert.Contains("DATABASE_URL", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("LITELLM_API_KEY", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("LITELLM_API_BASE", refusal.Message, StringComparison.Ordinal);
    }

    [SkippableTheory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.PostgreSql)]
    public async Task A_database_without_this_build_s_schema_is_refused_with_the_command_that_helps(DatabaseKind kind)
    {
        var refusal = await Assert.ThrowsAsync<StartupException>(() => BackendHost.StartAsync(kind: kind, migrated: false));

        Assert.Contains("chatkit migrate", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_schema_that_goes_away_makes_the_backend_unready_and_not_dead()
    {
        await using var host = await BackendHost.StartAsync(Answers.Nothing);
        await host.Database.ExecuteAsync("DELETE FROM chat_migrations");
        using var ready = await host.Http.GetAsync(new Uri("/health/readiness", UriKind.Relative));
        using var alive = await host.Http.GetAsync(new Uri("/health", UriKind.Relative));

        Assert.Equal((HttpStatusCode.ServiceUnavailable, HttpStatusCode.OK), (ready.StatusCode, alive.StatusCode));
        Assert.Equal("unhealthy", JsonDocument.Parse(await ready.Content.ReadAsStringAsync()).RootElement.GetProperty("checks").GetProperty("database").GetProperty("status").GetString());
    }
}
