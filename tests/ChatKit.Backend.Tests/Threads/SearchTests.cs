using System.Net;
using System.Text.Json;
using ChatKit.Backend.Tests.Hosting;
using ChatKit.ServiceDefaults.Database;
using Xunit;

namespace ChatKit.Backend.Tests.Threads;

public sealed class SearchTests
{
    [SkippableTheory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.PostgreSql)]
    public async Task Titles_and_messages_are_searched_in_any_case_and_the_newest_comes_first(DatabaseKind kind)
    {
        await using var host = await BackendHost.StartAsync(Answers.Nothing, kind);
        var first = await host.NewThreadAsync("Où est l’École ?");
        var second = await host.NewThreadAsync("Nothing of interest");
        await host.AskAsync("threads.update", $$"""{"thread_id":"{{second}}","title":"An ÉCOLE far away"}""");
        await host.NewThreadAsync("Something else");

        var found = await FindAsync(host, "école");

        Assert.Equal([second, first], found.Select(match => match.GetProperty("thread").Id()));
        Assert.False(found[0].TryGetProperty("excerpt", out _));
        Assert.Equal("Où est l’École ?", found[1].GetProperty("excerpt").GetString());
    }

    [SkippableTheory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.PostgreSql)]
    public async Task Signs_of_the_pattern_and_of_JSON_are_ordinary_characters(DatabaseKind kind)
    {
        await using var host = await BackendHost.StartAsync(Answers.Nothing, kind);
        var percent = await host.NewThreadAsync("Give me 100% of it");
        var quoted = await host.NewThreadAsync("""She said "stop" in C:\temp""");
        await host.NewThreadAsync("Give me 1000 of it");

        Assert.Equal([percent], Ids(await FindAsync(host, "100%")));
        Assert.Equal([quoted], Ids(await FindAsync(host, """said "stop" in c:\temp""")));
        Assert.Empty(await FindAsync(host, "1_0%"));
    }

    [Fact]
    public async Task Words_of_the_protocol_match_only_where_they_were_said()
    {
        await using var host = await BackendHost.StartAsync(Answers.Nothing);
        await host.NewThreadAsync("Hello there");
        var said = await host.NewThreadAsync("What is input_text?");

        Assert.Equal([said], Ids(await FindAsync(host, "input_text")));
    }

    [Fact]
    public async Task What_another_user_said_is_not_found()
    {
        await using var host = await BackendHost.StartAsync(Answers.Nothing);
        await host.NewThreadAsync("My secret plan", user: "mallory");

        Assert.Empty(await FindAsync(host, "secret"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    public async Task Nothing_to_look_for_is_422(string words)
    {
        await using var host = await BackendHost.StartAsync(Answers.Nothing);

        using var response = await host.Http.GetAsync($"/api/threads/search?q={Uri.EscapeDataString(words)}");

        Assert.Contains("200", await response.ProblemAsync(HttpStatusCode.UnprocessableEntity), StringComparison.Ordinal);
    }

    private static IEnumerable<string> Ids(IEnumerable<JsonElement> found) => found.Select(match => match.GetProperty("thread").Id());

    private static async Task<IReadOnlyList<JsonElement>> FindAsync(BackendHost host, string words)
    {
        using var response = await host.Http.GetAsync($"/api/threads/search?q={Uri.EscapeDataString(words)}");
        var body = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, body);
        return [.. JsonDocument.Parse(body).RootElement.GetProperty("data").EnumerateArray()];
    }
}
