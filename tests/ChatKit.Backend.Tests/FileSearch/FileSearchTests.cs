using System.Text;
using System.Text.Json;
using ChatKit.Backend.FileSearch;
using ChatKit.Backend.Tests.Attachments;
using ChatKit.Backend.Tests.Hosting;
using ChatKit.ServiceDefaults.Database;
using ChatKit.Testing.Upstream;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace ChatKit.Backend.Tests.FileSearch;

/// <summary>Search over a thread's files, with real persistence and a gateway that embeds.</summary>
public sealed class FileSearchTests
{
    [SkippableTheory]
    [InlineData(DatabaseKind.Sqlite, true)]
    [InlineData(DatabaseKind.Sqlite, false)]
    [InlineData(DatabaseKind.PostgreSql, true)]
    [InlineData(DatabaseKind.PostgreSql, false)]
    public async Task A_passage_is_found_read_cited_and_gone_with_its_thread(DatabaseKind kind, bool embeds)
    {
        await using var gateway = await StartGatewayAsync(embeds);
        await using var host = await BackendHost.StartAsync(gateway: gateway.ApiBase, kind: kind);
        gateway.Then(ModelReplies.Calls(("search_files", """{"query":"where does the heron nest"}""")), ModelReplies.Deltas("stop", ModelReplies.Words("By the mill【1】.")));
        var events = await host.StreamAsync(Message("Where does it nest?", await SendAsync(host, "birds.txt", Book("The heron nests by the old mill.")), await SendAsync(host, "tea.md", Book("Tea is brewed at ninety degrees."))));

        var output = Chats(gateway)[^1].GetProperty("messages").EnumerateArray().Last().GetProperty("content").GetString()!;
        Assert.Contains("【1】 birds.txt:", output, StringComparison.Ordinal);
        Assert.Contains("The heron nests by the old mill.", output, StringComparison.Ordinal);
        var content = events[^1].GetProperty("item").GetProperty("content")[0];
        Assert.Equal("By the mill.", content.GetProperty("text").GetString());
        Assert.Equal("""{"type":"file","filename":"birds.txt","title":"birds.txt"}""", JsonSerializer.Serialize(content.GetProperty("annotations")[0].GetProperty("source")));
        await using (var database = host.Database.Open())
        {
            Assert.True(await database.FileChunks.CountAsync() > 4);
            Assert.Equal(embeds, await database.FileChunks.AllAsync(chunk => chunk.Embedding != null && chunk.Model == "words"));
        }

        await host.AskAsync("threads.delete", $$"""{"thread_id":"{{events.ThreadId()}}"}""");
        await using var after = host.Database.Open();
        Assert.Equal(0, await after.FileChunks.CountAsync());
    }

    [Fact]
    public async Task A_file_is_indexed_once_and_a_long_one_is_shown_by_its_beginning()
    {
        await using var gateway = await StartGatewayAsync(embeds: true);
        await using var host = await BackendHost.StartAsync(gateway: gateway.ApiBase);
        gateway.Then(ModelReplies.Calls(("search_files", """{"query":"heron"}"""), ("search_files", """{"query":"mill"}""")), OpenAiReplies.Text("Found."));
        var events = await host.StreamAsync(Message("Find", await SendAsync(host, "birds.txt", Book("The heron nests by the old mill."))));
        var first = gateway.Requests.Count(request => request.Path == "/v1/embeddings");
        gateway.Then(ModelReplies.Calls(("search_files", """{"query":"nests"}""")), OpenAiReplies.Text("Found."));
        await host.StreamAsync(Calls.Add(events.ThreadId(), "Again"));

        Assert.Contains("The whole file can be searched.", Chats(gateway)[0].GetRawText(), StringComparison.Ordinal);
        Assert.Equal(first + 1, gateway.Requests.Count(request => request.Path == "/v1/embeddings"));
        Assert.Equal("birds.txt", events[^1].GetProperty("item").GetProperty("content")[0].GetProperty("annotations")[0].GetProperty("source").GetProperty("title").GetString());
    }

    [Fact]
    public async Task Where_the_embedding_model_fails_words_are_searched()
    {
        await using var gateway = await StartGatewayAsync(embeds: false);
        await using var host = await BackendHost.StartAsync(gateway: gateway.ApiBase, settings: [("EMBEDDING_MODEL", "gone")]);
        gateway.Then(ModelReplies.Calls(("search_files", """{"query":"heron"}""")), OpenAiReplies.Text("Found."));
        await host.StreamAsync(Message("Find", await SendAsync(host, "birds.txt", Book("The heron nests by the old mill."))));

        Assert.Contains("The heron nests", Chats(gateway)[^1].GetProperty("messages").EnumerateArray().Last().GetProperty("content").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_s_files_and_another_thread_s_are_not_searched_and_a_thread_without_files_has_no_search()
    {
        await using var gateway = await StartGatewayAsync(embeds: true);
        await using var host = await BackendHost.StartAsync(gateway: gateway.ApiBase);
        await host.StreamAsync(Message("Keep", await SendAsync(host, "secret.txt", Book("The heron nests by the old mill."))));
        gateway.Then(ModelReplies.Calls(("search_files", """{"query":"heron"}""")), OpenAiReplies.Text("Nothing."));
        await host.StreamAsync(Calls.Create("Find the heron"));

        var request = Chats(gateway)[^1];
        Assert.Equal("There is no tool search_files.", request.GetProperty("messages").EnumerateArray().Last().GetProperty("content").GetString());
        Assert.DoesNotContain("search_files", request.GetProperty("tools").GetRawText(), StringComparison.Ordinal);
    }

    /// <summary>With the type, cast and operator of pgvector in plain SQL: the server of the tests need not have the extension.</summary>
    [SkippableFact]
    public async Task Where_the_server_has_vectors_it_ranks_as_this_process_does()
    {
        await using var gateway = await StartGatewayAsync(embeds: true);
        await using var host = await BackendHost.StartAsync(gateway: gateway.ApiBase, kind: DatabaseKind.PostgreSql);
        await host.Database.ExecuteAsync("CREATE DOMAIN vector AS real[]");
        await host.Database.ExecuteAsync(
            """
            CREATE FUNCTION cosine_distance(real[], real[]) RETURNS double precision LANGUAGE sql IMMUTABLE AS
            'SELECT 1 - sum(a * b) / sqrt(sum(a * a) * sum(b * b)) FROM unnest($1, $2) AS pair(a, b)'
            """);
        await host.Database.ExecuteAsync("CREATE OPERATOR <=> (LEFTARG = real[], RIGHTARG = real[], FUNCTION = cosine_distance)");
        gateway.Then(ModelReplies.Calls(("search_files", """{"query":"where does the heron nest"}""")), OpenAiReplies.Text("There."));
        await host.StreamAsync(Message("Where?", await SendAsync(host, "birds.txt", Book("The heron nests by the old mill."))));

        Assert.Contains("【1】 birds.txt:", Chats(gateway)[^1].GetProperty("messages").EnumerateArray().Last().GetProperty("content").GetString(), StringComparison.Ordinal);
        Assert.Contains("Files are searched by pgvector", string.Join('\n', host.Logs.At(Microsoft.Extensions.Logging.LogLevel.Information)), StringComparison.Ordinal);
    }

    [Fact]
    public void Passages_overlap_are_bounded_and_lose_nothing()
    {
        var text = string.Concat(Enumerable.Range(0, 400).Select(i => $"Sentence number {i} says something. {(i % 7 == 0 ? "\n\n" : "")}"));
        var passages = Passages.Of(text, size: 600, overlap: 100);

        Assert.All(passages, passage => Assert.InRange(passage.Length, 1, 600));
        Assert.All(Enumerable.Range(0, 400), i => Assert.Contains(passages, passage => passage.Contains($"number {i} says something.", StringComparison.Ordinal)));
        Assert.InRange(passages.Count, text.Length / 600, text.Length / 200);
        Assert.Equal(["🎉🎉"], Passages.Of("🎉🎉", 600, 100));
        Assert.All(Passages.Of(string.Concat(Enumerable.Repeat("🎉", 999)), 501, 51), passage => Assert.False(char.IsLowSurrogate(passage[0]) || char.IsHighSurrogate(passage[^1])));
        Assert.Empty(Passages.Of(" \n ", 600, 100));
    }

    private static Task<FakeUpstream> StartGatewayAsync(bool embeds) =>
        FakeUpstream.StartAsync(new GatewayDialect("demo") { Groups = [("demo", 128_000, "chat"), .. embeds ? [("words", (int?)null, "embedding")] : Array.Empty<(string, int?, string)>()] });

    private static List<JsonElement> Chats(FakeUpstream gateway) => [.. gateway.Requests.Where(request => request.Path.EndsWith("/chat/completions", StringComparison.Ordinal)).Select(request => request.Json)];

    /// <summary>Much ado, and one sentence in the middle of it.</summary>
    private static byte[] Book(string sentence)
    {
        var filler = string.Concat(Enumerable.Range(0, 600).Select(i => $"Page {i} speaks of clouds and of nothing else. "));
        return Encoding.UTF8.GetBytes($"{filler}\n\n{sentence}\n\n{filler}");
    }

    private static async Task<string> SendAsync(BackendHost host, string name, byte[] content)
    {
        var announced = await host.AnnounceAsync(name, name.EndsWith(".md", StringComparison.Ordinal) ? "text/markdown" : "text/plain");
        using var put = await host.Http.PutAsync(new Uri(announced.GetProperty("upload_descriptor").GetProperty("url").GetString()!), new ByteArrayContent(content));
        put.EnsureSuccessStatusCode();
        return announced.Id();
    }

    private static string Message(string text, params string[] attachments) => Calls.Body("threads.create",
        $$$"""{"input":{"content":[{"type":"input_text","text":"{{{text}}}"}],"attachments":[{{{string.Join(',', attachments.Select(id => $"\"{id}\""))}}}],"inference_options":{} } }""");
}
