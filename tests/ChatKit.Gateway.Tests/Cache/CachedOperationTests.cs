using System.Net.Http.Headers;
using System.Text.Json;
using ChatKit.Gateway.Model;
using ChatKit.Gateway.Tests.Providers.Conformance;
using ChatKit.Testing.Upstream;
using Xunit;

namespace ChatKit.Gateway.Tests.Cache;

/// <summary>The other APIs: each kept answer in the form that it came in and, where there is one, in its other form.</summary>
public sealed class CachedOperationTests
{
    [Fact]
    public async Task Messages_are_kept_whole_and_streamed()
    {
        await using var host = await CacheHost.StartAsync(subject: new AnthropicSubject());
        static string Body(string members, string question) => $$"""{"model":"gpt","max_tokens":10{{members}},"messages":[{"role":"user","content":"{{question}}"}]}""";

        var whole = await host.PostAsync("/v1/messages", Body("", "one"));
        var streamed = await host.PostAsync("/v1/messages", Body(",\"stream\":true", "one"));
        var stream = await host.PostAsync("/v1/messages", Body(",\"stream\":true", "two"));
        var added = await host.PostAsync("/v1/messages", Body("", "two"));

        Assert.Equal(2, host.Asked);
        var text = whole.Json.GetProperty("content")[0].GetProperty("text").GetString();
        Assert.Equal(text, string.Concat(streamed.Events.Where(data => data.GetProperty("type").GetString() == "content_block_delta").Select(data => data.GetProperty("delta").GetProperty("text").GetString())));
        Assert.Equal(["message_start", "content_block_start", "content_block_delta", "content_block_stop", "message_delta", "message_stop"], streamed.Events.Select(data => data.GetProperty("type").GetString()!));
        Assert.Equal(whole.Json.GetProperty("usage").GetProperty("output_tokens").GetInt32(), streamed.Events[^2].GetProperty("usage").GetProperty("output_tokens").GetInt32());
        Assert.Contains("message_stop", stream.Body, StringComparison.Ordinal);
        Assert.Equal(text, added.Json.GetProperty("content")[0].GetProperty("text").GetString());
        Assert.Equal("end_turn", added.Json.GetProperty("stop_reason").GetString());
    }

    [Fact]
    public async Task Responses_are_kept_whole_and_streamed()
    {
        await using var host = await CacheHost.StartAsync(dialect: new ResponsesDialect());
        static string Body(string members, string question) => $$"""{"model":"gpt","store":false{{members}},"input":"{{question}}"}""";

        var whole = await host.PostAsync("/v1/responses", Body("", "one"));
        var streamed = await host.PostAsync("/v1/responses", Body(",\"stream\":true", "one"));
        await host.PostAsync("/v1/responses", Body(",\"stream\":true", "two"));
        var added = await host.PostAsync("/v1/responses", Body("", "two"));

        Assert.Equal(2, host.Asked);
        Assert.Equal(Text(whole.Json), Text(streamed.Events[^1].GetProperty("response")));
        Assert.Equal(Enumerable.Range(0, streamed.Events.Count), streamed.Events.Select(data => data.GetProperty("sequence_number").GetInt32()));
        Assert.Equal("response.created", streamed.Events[0].GetProperty("type").GetString());
        Assert.Equal(Text(whole.Json), streamed.Events.Single(data => data.GetProperty("type").GetString() == "response.output_text.delta").GetProperty("delta").GetString());
        Assert.Equal("completed", added.Json.GetProperty("status").GetString());
    }

    [Fact]
    public async Task Generated_content_is_kept_whole_and_streamed()
    {
        await using var host = await CacheHost.StartAsync(subject: new GeminiSubject());
        static string Body(string question) => $$"""{"contents":[{"role":"user","parts":[{"text":"{{question}}"}]}]}""";

        var whole = await host.PostAsync("/v1beta/models/gpt:generateContent", Body("one"));
        var streamed = await host.PostAsync("/v1beta/models/gpt:streamGenerateContent?alt=sse", Body("one"));
        await host.PostAsync("/v1beta/models/gpt:streamGenerateContent?alt=sse", Body("two"));
        var added = await host.PostAsync("/v1beta/models/gpt:generateContent", Body("two"));
        var array = await host.PostAsync("/v1beta/models/gpt:streamGenerateContent", Body("two"));

        Assert.Equal(2, host.Asked);
        Assert.Equal(Said(whole.Json), Said(Assert.Single(streamed.Events)));
        Assert.Equal(Said(whole.Json), Said(added.Json));
        Assert.Equal(JsonValueKind.Array, array.Json.ValueKind);
    }

    [Fact]
    public async Task Completions_embeddings_and_rankings_are_kept()
    {
        await using var host = await CacheHost.StartAsync(dialect: new OpenAiOperationsDialect { ServesRerank = true });
        foreach (var (path, body) in ((string, string)[])
        [
            ("/v1/completions", """{"model":"gpt","prompt":"hi"}"""),
            ("/v1/embeddings", """{"model":"gpt","input":["a","b"]}"""),
        ])
        {
            var before = host.Asked;
            var first = await host.PostAsync(path, body);
            var second = await host.PostAsync(path, body);

            Assert.Equal(200, first.Status);
            Assert.Equal(first.Body, second.Body);
            Assert.Equal(before + 1, host.Asked);
        }
    }

    [Fact]
    public async Task The_transcript_of_the_same_recording_is_kept()
    {
        await using var host = await CacheHost.StartAsync(dialect: new OpenAiOperationsDialect());

        var first = await TranscribeAsync(host, 1, "a.mp3");
        var second = await TranscribeAsync(host, 1, "b.mp3");
        Assert.Equal(first, second);
        Assert.Equal(1, host.Asked);
        await TranscribeAsync(host, 2, "a.mp3");
        Assert.Equal(2, host.Asked);
    }

    [Theory]
    [InlineData("/v1/moderations", """{"model":"gpt","input":"hi"}""")]
    [InlineData("/v1/images/generations", """{"model":"gpt","prompt":"a cat"}""")]
    [InlineData("/v1/audio/speech", """{"model":"gpt","input":"hi","voice":"alloy"}""")]
    public async Task What_is_not_worth_keeping_is_asked_every_time(string path, string body)
    {
        await using var host = await CacheHost.StartAsync(dialect: new OpenAiOperationsDialect());

        await host.PostAsync(path, body);
        await host.PostAsync(path, body);

        Assert.Equal(2, host.Asked);
    }

    [Fact]
    public async Task Only_the_operations_that_are_named_are_kept()
    {
        await using var host = await CacheHost.StartAsync(new CacheSettings { Operations = [Operation.Embeddings.Name] });

        await host.ChatAsync();
        await host.ChatAsync();

        Assert.Equal(2, host.Asked);
    }

    private static async Task<string> TranscribeAsync(CacheHost host, byte content, string file)
    {
        using var form = new MultipartFormDataContent();
        form.Add(new StringContent("gpt"), "model");
        using var recording = new ByteArrayContent([content, 2, 3]);
        recording.Headers.ContentType = new MediaTypeHeaderValue("audio/mpeg");
        form.Add(recording, "file", file);
        using var response = await host.Gateway.Client.PostAsync(new Uri("/v1/audio/transcriptions", UriKind.Relative), form);
        Assert.True(response.IsSuccessStatusCode);
        return await response.Content.ReadAsStringAsync();
    }

    private static string Text(JsonElement response) => response.GetProperty("output").EnumerateArray().Last().GetProperty("content")[0].GetProperty("text").GetString()!;

    private static string Said(JsonElement answer) => answer.GetProperty("candidates")[0].GetProperty("content").GetProperty("parts")[0].GetProperty("text").GetString()!;
}
