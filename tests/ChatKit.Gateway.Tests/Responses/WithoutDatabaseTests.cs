using System.Net;
using ChatKit.Gateway.Tests.Hosting;
using ChatKit.ServiceDefaults.Database;
using ChatKit.Testing.Databases;
using Xunit;

namespace ChatKit.Gateway.Tests.Responses;

/// <summary>Responses where nothing can be kept: no database, one that is not migrated, one that is down. Everything else works.</summary>
public sealed class WithoutDatabaseTests
{
    [Theory]
    [InlineData("native")]
    [InlineData("translated")]
    public async Task Without_a_database_nothing_is_kept_and_the_answer_says_so(string model)
    {
        await using var host = await ResponsesHost.StartAsync();

        var made = await host.CreateAsync($$""" "model":"{{model}}","input":"say hello" """);

        Assert.Equal(("completed", false), (made.GetProperty("status").GetString(), made.GetProperty("store").GetBoolean()));
    }

    [Fact]
    public async Task Without_a_database_what_needs_one_says_what_to_do()
    {
        await using var host = await ResponsesHost.StartAsync();

        var asked = await host.GetAsync("/v1/responses/resp_1");
        var goingOn = await host.CreateAsync(""" "model":"native","input":"one","previous_response_id":"resp_1" """);
        var background = await host.CreateAsync(""" "model":"native","input":"one","background":true """);

        Assert.Contains("DATABASE_URL", asked.GetProperty("error").GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Contains("DATABASE_URL", goingOn.GetProperty("error").GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Equal("background", background.GetProperty("error").GetProperty("param").GetString());
        Assert.Empty(host.Upstream.Requests);
    }

    [Fact]
    public async Task A_database_that_is_down_fails_only_the_calls_that_need_it()
    {
        await using var database = await TempDatabase.CreateAsync(DatabaseKind.Sqlite); // not migrated: every query fails
        await using var host = await ResponsesHost.StartAsync(database);

        var made = await host.CreateAsync(""" "model":"native","input":"say hello" """);
        using var asked = await host.Gateway.Client.GetAsync(new Uri($"/v1/responses/{made.GetProperty("id").GetString()}", UriKind.Relative));
        using var chat = await host.PostAsync("/v1/chat/completions", """{"model":"native","messages":[{"role":"user","content":"hi"}]}""");

        Assert.Equal("completed", made.GetProperty("status").GetString());
        Assert.Equal(HttpStatusCode.ServiceUnavailable, asked.StatusCode);
        Assert.Equal("no_db_connection", (await ErrorAnswer.ReadAsync(asked)).Type);
        Assert.Equal(HttpStatusCode.OK, chat.StatusCode);
    }
}
